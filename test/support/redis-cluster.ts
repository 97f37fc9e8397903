import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, onTestFinished } from 'vitest';
import { type RedisServer, type RedisTls, startRedis } from './redis-server.ts';

const MASTERS = 3;
const SLOTS = 16_384;
const NODE_TIMEOUT_MS = 1_000;
const PATIENCE_MS = 30_000;

/** A real Redis Cluster: three masters, and a replica of each. */
export interface RedisCluster {
  readonly url: string;
  /** Kills the master that holds this key; its replica takes its place when the others have noticed. */
  killMasterOf(key: string): Promise<void>;
  /** Every key, whichever node it is on. */
  keys(pattern: string): Promise<string[]>;
}

/** Starts one on the loopback, for as long as the test runs. @param tls its nodes are known by their name, then */
export async function startRedisCluster(tls: RedisTls | null = null): Promise<RedisCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-cluster-'));
  const servers = await Promise.all(
    Array.from({ length: 2 * MASTERS }, (_, index) => startNode(join(folder, `${index}.conf`), tls)),
  );
  const clients = servers.map(({ url }) => new Redis(url));
  for (const client of clients) client.on('error', () => {});
  onTestFinished(async () => {
    for (const client of clients) client.disconnect();
    for (const server of servers) await server.kill();
    await rm(folder, { recursive: true });
  });
  await connect(servers, clients);
  const masterOf = async (key: string) => {
    for (const [index, client] of clients.entries())
      if (client.status === 'ready' && (await client.exists(key).catch(() => 0)) === 1) return servers[index];
    throw new Error(`no node has ${key}`);
  };
  return {
    url: `${tls ? 'rediss' : 'redis'}+cluster://${servers.map(({ port }) => `${tls ? 'localhost' : '127.0.0.1'}:${port}`).join(',')}`,
    killMasterOf: async (key) => (await masterOf(key))?.kill(),
    keys: async (pattern) =>
      (await Promise.all(clients.map((client) => client.keys(pattern).catch(() => [])))).flat(),
  };
}

function startNode(file: string, tls: RedisTls | null): Promise<RedisServer> {
  const options = [
    '--cluster-enabled',
    'yes',
    '--cluster-config-file',
    file,
    '--cluster-replica-validity-factor',
    '0',
  ];
  const named = ['--cluster-announce-hostname', 'localhost', '--cluster-preferred-endpoint-type', 'hostname'];
  const timeout = ['--cluster-node-timeout', String(NODE_TIMEOUT_MS)];
  return startRedis([...options, ...timeout, ...(tls ? named : [])], tls);
}

async function connect(servers: readonly RedisServer[], clients: readonly Redis[]): Promise<void> {
  const masters = clients.slice(0, MASTERS);
  const [first] = servers;
  for (const [index, client] of masters.entries()) {
    const from = Math.ceil((index * SLOTS) / MASTERS);
    await client.call('CLUSTER', 'ADDSLOTSRANGE', from, Math.ceil(((index + 1) * SLOTS) / MASTERS) - 1);
    await client.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
  }
  for (const client of clients.slice(1)) await client.call('CLUSTER', 'MEET', '127.0.0.1', first?.port ?? 0);
  const ids = await Promise.all(masters.map((client) => client.call('CLUSTER', 'MYID')));
  for (const [index, client] of clients.slice(MASTERS).entries())
    await until(() => client.call('CLUSTER', 'REPLICATE', String(ids[index])).then(() => true));
  const isWhole = async (client: Redis) => {
    const [info, nodes] = [
      await client.call('CLUSTER', 'INFO'),
      String(await client.call('CLUSTER', 'NODES')),
    ];
    return (
      String(info).includes('cluster_state:ok') &&
      (nodes.match(/slave .* connected/g)?.length ?? 0) === MASTERS
    );
  };
  for (const client of clients) await until(() => isWhole(client));
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  await expect.poll(() => holds().catch(() => false), { timeout: PATIENCE_MS, interval: 50 }).toBe(true);
}
