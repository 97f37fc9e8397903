import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, onTestFinished } from 'vitest';
import { freePort, type RedisServer, type RedisTls, runRedis, startRedis } from './redis-server.ts';

const NAME = 'shared';
const SENTINELS = 3;
const PATIENCE_MS = 30_000;

/** A real Redis with two replicas, watched by three sentinels. */
export interface WatchedRedis {
  readonly url: string;
  /** Who is the master now, as the sentinels see it. */
  master(): Promise<RedisServer>;
  /** Asks the sentinels to make another one the master, as for maintenance. */
  failOver(): Promise<void>;
}

/** Starts them on the loopback, for as long as the test runs. @param tls they know one another by name, then */
export async function startWatchedRedis(tls: RedisTls | null = null): Promise<WatchedRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-sentinels-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const host = tls ? 'localhost' : '127.0.0.1';
  const announced = ['--replica-announce-ip', host];
  const first = await startRedis(announced, tls);
  const others = await Promise.all(
    [1, 2].map(() => startRedis([...announced, '--replicaof', `${host} ${first.port}`], tls)),
  );
  const servers = [first, ...others];
  for (const server of servers) onTestFinished(server.kill);
  const ports = await Promise.all(
    Array.from({ length: SENTINELS }, (_, index) =>
      startSentinel(join(folder, `${index}.conf`), host, first.port, tls),
    ),
  );
  const sentinel = new Redis({ host, port: ports[0] ?? 0, ...(tls ? { tls: {} } : {}) });
  onTestFinished(() => sentinel.disconnect());
  await waitForAll(sentinel);
  return {
    url: `${tls ? 'rediss' : 'redis'}+sentinel://${ports.map((port) => `${host}:${port}`).join(',')}/${NAME}`,
    master: async () => {
      const [, port] = await addressOf(sentinel);
      const server = servers.find((each) => String(each.port) === port);
      if (!server) throw new Error(`the sentinels name nobody at port ${port}`);
      return server;
    },
    failOver: async () => {
      // An earlier one may still be going on.
      await expect
        .poll(() => sentinel.call('SENTINEL', 'FAILOVER', NAME).catch(() => 'not yet'), {
          timeout: PATIENCE_MS,
          interval: 100,
        })
        .toBe('OK');
    },
  };
}

async function startSentinel(
  file: string,
  host: string,
  port: number,
  tls: RedisTls | null,
): Promise<number> {
  const lines = [
    'resolve-hostnames yes',
    'announce-hostnames yes',
    `monitor ${NAME} ${host} ${port} 2`,
    `down-after-milliseconds ${NAME} 700`,
    `failover-timeout ${NAME} 3000`,
  ];
  await writeFile(file, lines.map((line) => `sentinel ${line}\n`).join(''));
  const own = await freePort();
  const child = await runRedis(own, [file, '--sentinel'], tls);
  onTestFinished(() => void child.kill('SIGKILL'));
  return own;
}

async function addressOf(sentinel: Redis): Promise<string[]> {
  const address = await sentinel.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME);
  return Array.isArray(address) ? address.map(String) : [];
}

async function waitForAll(sentinel: Redis): Promise<void> {
  const count = async (of: string) => {
    const found = await sentinel.call('SENTINEL', of, NAME).catch(() => []);
    return Array.isArray(found) ? found.length : 0;
  };
  await expect
    .poll(async () => [await count('SENTINELS'), await count('REPLICAS')], { timeout: PATIENCE_MS })
    .toEqual([SENTINELS - 1, 2]);
}
