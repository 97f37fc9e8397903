import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { oneCollection } from '../support/front-door.ts';
import type { GraphQLAnswer } from '../support/gateway.ts';
import { type Reply, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { type GatewayProcess, startProcess } from './gateway-process.ts';

const READ = '{ collection(id: "col_1") { name } }';

interface Scene extends GatewayProcess {
  /** Sends an operation and resolves, with its answer to come, once the upstream has it. */
  beginRead(): Promise<{ readonly answer: Promise<GraphQLAnswer> }>;
  /** Status of `/readyz`; `null` when nobody answers. */
  readiness(): Promise<number | null>;
  /** Lets the upstream answer. */
  release(): void;
}

/** A gateway whose upstream holds every answer back until `release`. */
async function openScene(): Promise<Scene> {
  const { promise: held, resolve } = Promise.withResolvers<Reply>();
  const upstream = await startScriptedUpstream(() => held);
  onTestFinished(upstream.close);
  const gateway = await startProcess({
    SCENARIO_BASE_URL: upstream.url,
    SCENARIO_SDK_API_KEY: 'key',
    SCENARIO_SDK_API_SECRET: 'secret',
  });
  return {
    ...gateway,
    beginRead: async () => {
      const answer = gateway.query(READ);
      // A test that fails early leaves the answer to nobody.
      answer.catch(() => {});
      await expect.poll(() => upstream.requests.length).toBe(1);
      return { answer };
    },
    readiness: () =>
      fetch(new URL('/readyz', gateway.url)).then(
        ({ status }) => status,
        () => null,
      ),
    release: () => resolve(oneCollection()),
  };
}

describe.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const)('on %s', (name) => {
  it('what is in flight finishes, and the process ends well', async () => {
    const { beginRead, readiness, release, signal, ending } = await openScene();
    const { answer } = await beginRead();
    signal(name);
    await expect.poll(readiness).not.toBe(200);
    release();
    const { body, headers } = await answer;
    expect(body).toEqual({ data: { collection: { name: 'Forest props' } } });
    expect(headers.get('connection')).toBe('close');
    expect(await ending).toMatchObject({ code: 0, stderr: '' });
  });

  it('an idle process ends at once, though a client keeps its connection', async () => {
    const { query, release, signal, ending } = await openScene();
    release();
    await query(READ);
    const askedAt = performance.now();
    signal(name);
    expect(await ending).toMatchObject({ code: 0, stderr: '' });
    // Node itself would wait five seconds for the connection to fall idle.
    expect(performance.now() - askedAt).toBeLessThan(3_000);
  });

  it('a second one ends the process, whatever is in flight', async () => {
    const { beginRead, readiness, signal, ending } = await openScene();
    const { answer } = await beginRead();
    signal(name);
    await expect.poll(readiness).not.toBe(200);
    signal(name);
    expect((await ending).code).toBe(1);
    await expect(answer).rejects.toThrow('fetch failed');
  });
});

it('the readiness probe fails while what is in flight finishes', async () => {
  const { beginRead, readiness, release, signal, ending } = await openScene();
  expect(await readiness()).toBe(200);
  const { answer } = await beginRead();
  signal('SIGTERM');
  await expect.poll(readiness).not.toBe(200);
  expect(await readiness()).toBe(503);
  release();
  expect((await answer).status).toBe(200);
  expect((await ending).code).toBe(0);
});

// What a load balancer sends on a connection that it holds meets the end of a replica that has stopped listening.
describe('a request that is on its way when the gateway stops listening is answered', () => {
  it.each([
    ['which has carried nothing yet', false],
    ['which was idle', true],
  ])('on a connection %s', async (_name, wasUsed) => {
    const { url, beginRead, readiness, release, signal, ending } = await openScene();
    const socket = await openConnection(url);
    if (wasUsed) {
      socket.write('GET /livez HTTP/1.1\r\nhost: gateway.example\r\n\r\n');
      await once(socket, 'data');
    }
    const { answer } = await beginRead();
    signal('SIGTERM');
    await expect.poll(readiness).not.toBe(200);
    release();
    await answer;
    await expect.poll(readiness, { interval: 5 }).toBe(null);
    socket.end('GET /livez HTTP/1.1\r\nhost: gateway.example\r\n\r\n');
    const received = await text(socket);
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(received.toLowerCase()).toContain('connection: close');
    expect((await ending).code).toBe(0);
  });
});

async function openConnection(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}
