import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { everyCollection, oneCollection } from '../support/front-door.ts';
import type { Reply } from '../support/scripted-upstream.ts';
import { freePort, portOf } from './free-port.ts';
import { runToEnd } from './gateway-process.ts';
import {
  connect,
  connectToEach,
  isAlive,
  startWorkers,
  type WireAnswer,
  type Workers,
} from './worker-connections.ts';

const READ = '{ collection(id: "col_1") { name } }';
const SLOW = { timeout: 20_000 };

interface Scene extends Workers {
  /** The answers to come to a read by each worker, which the upstream has. */
  readonly answers: readonly Promise<WireAnswer>[];
  /** Lets the upstream answer. */
  release(): void;
}

/** Two workers with a read under way in each, which the upstream holds back until `release`. */
async function openScene(env: Record<string, string> = {}): Promise<Scene> {
  const { promise: held, resolve } = Promise.withResolvers<Reply>();
  const started = await startWorkers(() => held, env);
  const answers = started.workers.map(({ send }) => send(READ));
  // A test that fails early leaves the answers to nobody.
  for (const answer of answers) answer.catch(() => {});
  await expect.poll(() => started.upstream.requests.length).toBe(2);
  return { ...started, answers, release: () => resolve(oneCollection()) };
}

const noneAlive = ({ workers }: Workers) => workers.every(({ pid }) => !isAlive(pid));

/** Makes every worker throw where nobody catches, when it gets SIGUSR2. */
const BREAKABLE = {
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(
    'process.on("SIGUSR2",()=>{throw new Error("broken by a test")})',
  )}`,
};

describe('two workers that are asked to stop', () => {
  it('are both not ready at once, finish what is in flight, and the gateway ends well', async () => {
    const scene = await openScene();
    const probes = await connectToEach(scene.gateway, 2);
    scene.gateway.signal('SIGTERM');
    for (const { get } of probes) await expect.poll(async () => (await get('/readyz')).status).toBe(503);
    scene.release();
    for (const { status, text, headers } of await Promise.all(scene.answers)) {
      expect([status, text]).toEqual([200, '{"data":{"collection":{"name":"Forest props"}}}']);
      expect(headers.connection).toBe('close');
    }
    expect(await scene.gateway.ending).toMatchObject({ code: 0, stderr: '' });
    expect(noneAlive(scene)).toBe(true);
  });

  it('go on serving for DRAIN_DELAY_MS, though each of them gets the signal as well', async () => {
    const { gateway, workers } = await startWorkers(everyCollection, { DRAIN_DELAY_MS: '3000' });
    const askedAt = performance.now();
    for (const { pid } of workers) process.kill(pid, 'SIGINT');
    gateway.signal('SIGINT');
    for (const { get, send } of workers) {
      await expect.poll(async () => (await get('/readyz')).status).toBe(503);
      expect((await send(READ)).status).toBe(200);
    }
    const { code, stdout } = await gateway.ending;
    expect(performance.now() - askedAt).toBeGreaterThan(2_900);
    expect(code).toBe(0);
    expect(stdout).not.toContain('a worker ended');
  });

  it('end at once, whatever is in flight, when a second signal comes', async () => {
    const scene = await openScene();
    const [probe] = await connectToEach(scene.gateway, 2);
    scene.gateway.signal('SIGTERM');
    await expect.poll(async () => (await probe?.get('/readyz'))?.status).toBe(503);
    scene.gateway.signal('SIGTERM');
    expect((await scene.gateway.ending).code).toBe(1);
    for (const answer of scene.answers) await expect(answer).rejects.toThrow(/socket hang up|ECONNRESET/);
    await expect.poll(() => noneAlive(scene)).toBe(true);
  });
});

describe('when one of two workers', () => {
  it('is killed, another takes its place and requests go on', async () => {
    const { gateway, workers } = await startWorkers(everyCollection);
    const [killed, other] = workers;
    process.kill(killed.pid, 'SIGKILL');
    expect((await other.send(READ)).status).toBe(200);
    await expect.poll(() => gateway.stdout(), SLOW).toContain('a worker ended: another takes its place');
    const connections = await connectToEach(gateway, 2);
    await expect.poll(async () => (await connectToEach(gateway, 2)).length, SLOW).toBe(2);
    for (const { pid, send } of connections) {
      expect(pid).not.toBe(killed.pid);
      expect((await send(READ)).status).toBe(200);
    }
  });

  it('is killed before it took a connection, whoever made that can try again', async () => {
    const { gateway, workers } = await startWorkers(everyCollection);
    const [killed] = workers;
    process.kill(killed.pid, 'SIGSTOP');
    const tries = [1, 2, 3, 4].map(() => begin(connect(gateway.url).get('/livez')));
    await expect.poll(() => tries.filter(({ isOver }) => isOver()).length).toBe(3);
    process.kill(killed.pid, 'SIGKILL');
    await expect.poll(() => tries.filter(({ isOver }) => isOver()).length, SLOW).toBe(4);
    expect((await connect(gateway.url).get('/livez')).status).toBe(200);
  });

  it.each([
    ['gets a signal alone', 'SIGTERM'],
    ['has an error that nobody catches', 'SIGUSR2'],
  ] as const)('%s, it finishes what is in flight and is replaced', async (_what, signal) => {
    const { gateway, workers, answers, release } = await openScene(BREAKABLE);
    const [ended, other] = workers;
    process.kill(ended.pid, signal);
    // Who connects now reaches the other one, which is ready.
    await expect
      .poll(async () => (await connectToEach(gateway, 2)).map(({ pid }) => pid), SLOW)
      .toEqual([other.pid]);
    const ready = await fetch(new URL('/readyz', gateway.url));
    expect(ready.status).toBe(200);
    release();
    for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
    await expect.poll(() => isAlive(ended.pid), SLOW).toBe(false);
    await expect.poll(async () => (await connectToEach(gateway, 2)).length, SLOW).toBe(2);
    expect(gateway.stdout().includes('broken by a test')).toBe(signal === 'SIGUSR2');
    gateway.signal('SIGTERM');
    expect((await gateway.ending).code).toBe(0);
  });
});

it('workers finish and end when the primary is killed', async () => {
  const scene = await openScene();
  scene.gateway.signal('SIGKILL');
  await expect(fetch(scene.gateway.url)).rejects.toThrow('fetch failed');
  scene.release();
  for (const { status } of await Promise.all(scene.answers)) expect(status).toBe(200);
  await expect.poll(() => noneAlive(scene), SLOW).toBe(true);
});

describe('a gateway of workers that can not start', () => {
  const CREDENTIALS = { AUTH_MODE: 'none', SCENARIO_SDK_API_KEY: 'key', SCENARIO_SDK_API_SECRET: 'secret' };

  it('names the problems of its configuration once', async () => {
    const env = { ...CREDENTIALS, WORKERS: '4', UPSTREAM_CONNECTIONS: '3', PORT: 'x' };
    const { code, stdout, stderr } = await runToEnd(env);
    expect([code, stdout]).toEqual([78, '']);
    expect(stderr.match(/WORKERS must be at most UPSTREAM_CONNECTIONS/g)).toHaveLength(1);
    expect(stderr.match(/PORT must be/g)).toHaveLength(1);
  });

  it('names once what only workers find out', async () => {
    const env = {
      ...CREDENTIALS,
      WORKERS: '3',
      TRUSTED_DOCUMENTS: '/nowhere',
      TRUSTED_DOCUMENTS_MODE: 'enforce',
    };
    const { code, stdout, stderr } = await runToEnd({ ...env, PORT: '0', ADMIN_PORT: '0' });
    expect([code, stdout]).toEqual([78, '']);
    expect(stderr.match(/TRUSTED_DOCUMENTS/g)).toHaveLength(1);
  });

  it('ends when its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    const port = String(await portOf(server));
    const { code, stderr } = await runToEnd({
      ...CREDENTIALS,
      WORKERS: '2',
      HOST: '127.0.0.1',
      PORT: port,
      ADMIN_PORT: '0',
    });
    expect(code).toBe(1);
    expect(stderr).toContain('EADDRINUSE');
  });

  it('lets the others finish and ends, when new ones fail again and again', { timeout: 60_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'documents-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, 'manifest.json');
    const document = '{ __typename }';
    await writeFile(
      path,
      JSON.stringify({ [createHash('sha256').update(document).digest('hex')]: document }),
    );
    const env = { TRUSTED_DOCUMENTS: path, TRUSTED_DOCUMENTS_MODE: 'report' };
    const { gateway, workers } = await startWorkers(everyCollection, env);
    await rm(path);
    process.kill(workers[0].pid, 'SIGKILL');
    const { code, stdout } = await gateway.ending;
    expect(code).toBe(1);
    expect(stdout).toContain('workers end before they serve: the gateway stops');
    expect(workers.some(({ pid }) => isAlive(pid))).toBe(false);
  });
});

it('secrets in files are read by the primary alone, so that a worker that starts later has the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'secret');
  await writeFile(path, 'from-the-file\n');
  // With PORT=0, the port ends with the last worker that has it.
  const PORT = String(await freePort());
  const env = { PORT, SCENARIO_SDK_API_SECRET: '', SCENARIO_SDK_API_SECRET_FILE: path };
  const { gateway, workers, upstream } = await startWorkers(everyCollection, env);
  await writeFile(path, 'changed\n');
  for (const { pid } of workers) process.kill(pid, 'SIGKILL');
  await expect.poll(async () => (await connectToEach(gateway, 2).catch(() => [])).length, SLOW).toBe(2);
  for (const { send } of await connectToEach(gateway, 2)) await send(READ);
  const sent = new Set(upstream.requests.map(({ headers }) => headers.get('authorization')));
  expect([...sent]).toEqual([`Basic ${btoa('key:from-the-file')}`]);
});

/** Lets something go on, and tells whether it is over. */
function begin(promise: Promise<unknown>): { isOver(): boolean } {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  promise.then(end, end);
  return { isOver: () => isOver };
}
