import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { startDeafServer } from '../support/deaf-server.ts';
import { startGateway } from '../support/gateway.ts';
import { Ledger } from '../support/ledger.ts';
import { scriptDns } from '../support/scripted-dns.ts';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import {
  type Certificates,
  type Identity,
  makeCertificates,
  startTlsServer,
  trust,
} from '../support/tls-server.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { FaultBench, GRACE_MS } from './fault-bench.ts';

const SETTINGS = { DEADLINE_MS: '2000', UPSTREAM_TIMEOUT_MS: '300', ALLOW_INSECURE_UPSTREAM: 'true' };

const answer = JSON.stringify({ collection: wireCollection() });

/** A bench whose gateway looks for the upstream elsewhere. */
async function openBenchAt(url: string, upstream?: ScriptedUpstream): Promise<FaultBench> {
  const ledger = new Ledger('col_1', 'col_healthy');
  const server = upstream ?? (await startScriptedUpstream(ledger.serve));
  server.answer = ledger.serve;
  return new FaultBench(ledger, server, await startGateway(url, SETTINGS), Number(SETTINGS.DEADLINE_MS));
}

async function unusedPort(): Promise<number> {
  const server = await startScriptedUpstream(() => ({ kind: 'hang' }));
  await server.close();
  return server.port;
}

test.each(['read', 'rename', 'delete', 'add', 'create'] as const)(
  'connection refused forever: %s is tried three times, told so, and works once the upstream listens',
  async (operation) => {
    const port = await unusedPort();
    const gateway = await startGateway(`http://127.0.0.1:${port}/v1`, SETTINGS);
    const ledger = new Ledger('col_1', 'col_healthy');
    const isolated = await startScriptedUpstream(ledger.serve);
    await using refusing = new FaultBench(ledger, isolated, gateway, 2_000);
    const told = await refusing.ask(operation);
    expect(told.outcome).toBe('UPSTREAM_UNAVAILABLE');
    expect(refusing.attemptsOf(told.requestId)).toBe(3);
    const upstream = await startScriptedUpstream(ledger.serve, port);
    await using bench = new FaultBench(ledger, upstream, gateway, 2_000);
    await bench.expectAftermath(told);
    expect(upstream.requests).toHaveLength(1);
  },
);

test.each(['read', 'rename', 'delete', 'add', 'create'] as const)(
  'connection refused twice, then fine: %s succeeds, sent once',
  async (operation) => {
    const upstream = await startScriptedUpstream(() => ({ kind: 'hang' }));
    // Nothing listens at this other address of the loopback.
    const lookups = scriptDns((turn) => (turn <= 2 ? '127.0.0.9' : '127.0.0.1'));
    await using bench = await openBenchAt(`http://flaky.test:${upstream.port}/v1`, upstream);
    const told = await bench.ask(operation);
    expect([told.outcome, lookups(), upstream.requests.length]).toEqual(['ok', 3, 1]);
    await bench.expectAftermath(told);
  },
);

test.each(['read', 'create'] as const)(
  'connecting hangs: %s is tried three times, told of a time-out, and works once the upstream accepts',
  async (operation) => {
    await using deaf = await startDeafServer(
      `HTTP/1.1 200 OK\r\ncontent-length: ${answer.length}\r\n\r\n${answer}`,
    );
    const upstream = await startScriptedUpstream(() => ({ kind: 'hang' }));
    await using bench = await openBenchAt(`http://127.0.0.1:${deaf.port}/v1`, upstream);
    const told = await bench.ask(operation);
    expect(told.outcome).toBe('UPSTREAM_TIMEOUT');
    expect(bench.attemptsOf(told.requestId)).toBe(3);
    expect(told.tookMs).toBeLessThan(2_000 + GRACE_MS);
    deaf.wake();
    expect(await bench.ask(operation)).toMatchObject({ outcome: 'ok' });
    bench.expectDiscretion(told.requestId);
  },
);

test('a name that does not resolve is tried three times, and works once it does', async () => {
  const upstream = await startScriptedUpstream(() => ({ kind: 'hang' }));
  let isKnown = false;
  const lookups = scriptDns(() => (isKnown ? '127.0.0.1' : null));
  await using bench = await openBenchAt(`http://unknown.test:${upstream.port}/v1`, upstream);
  const told = await bench.ask('create');
  expect([told.outcome, lookups()]).toEqual(['UPSTREAM_UNAVAILABLE', 3]);
  isKnown = true;
  await bench.expectAftermath(told);
});

test('a name that moves is followed with the next connection', async () => {
  const before = await startScriptedUpstream(() => ({ kind: 'hang' }));
  const ledger = new Ledger('col_1', 'col_healthy');
  before.answer = ledger.serve;
  let address = '127.0.0.1';
  scriptDns(() => address);
  await using bench = await openBenchAt(`http://moving.test:${before.port}/v1`, before);
  expect((await bench.ask('read')).outcome).toBe('ok');
  await before.close();
  address = '127.0.0.2';
  const after = await startScriptedUpstream(ledger.serve, before.port, address);
  expect((await bench.ask('read')).outcome).toBe('ok');
  expect(after.requests).toHaveLength(1);
  await after.close();
});

test('a name that moves is followed within half a minute under steady traffic, though nothing closes the old sockets', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const ledger = new Ledger('col_1', 'col_healthy');
  const before = await startScriptedUpstream(ledger.serve);
  const after = await startScriptedUpstream(ledger.serve, before.port, '127.0.0.2');
  let address = '127.0.0.1';
  scriptDns(() => address);
  await using bench = await openBenchAt(`http://moving.test:${before.port}/v1`, before);
  const everyOperation = ['read', 'rename', 'create'] as const;
  for (const operation of everyOperation) await bench.ask(operation);
  address = '127.0.0.2';
  for (let passedMs = 0; passedMs < 30_000; passedMs += 3_000) {
    vi.advanceTimersByTime(3_000);
    await bench.ask('read');
  }
  const late = before.requests.length;
  for (const operation of everyOperation) expect((await bench.ask(operation)).outcome).toBe('ok');
  expect([before.requests.length - late, after.requests.length]).toEqual([0, 4]);
  await after.close();
});

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
  return trust(certificates);
});

test('a valid certificate is accepted', async () => {
  await using server = await startTlsServer(certificates.valid, answer);
  await using bench = await openBenchAt(server.url);
  expect((await bench.ask('read')).outcome).toBe('ok');
  expect(server.requests).toEqual(['GET /v1/collections/col_1']);
});

const badIdentities: ReadonlyArray<
  [name: string, choose: (all: Certificates) => Identity, errorCode: string]
> = [
  ['expired', (all) => all.expired, 'CERT_HAS_EXPIRED'],
  ['for another host', (all) => all.wrongHost, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['self-signed', (all) => all.selfSigned, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
];

test.each(badIdentities)(
  'a certificate that is %s: no byte of the request leaves, not even in plain text',
  async (_name, choose, errorCode) => {
    await using server = await startTlsServer(choose(certificates), answer);
    await using bench = await openBenchAt(server.url);
    for (const operation of ['read', 'create'] as const) {
      const told = await bench.ask(operation);
      expect(told.outcome).toBe('UPSTREAM_UNAVAILABLE');
      expect(bench.attemptsOf(told.requestId)).toBe(3);
      bench.expectDiscretion(told.requestId);
    }
    expect(bench.gateway.logLines.join('')).toContain(errorCode);
    expect(server.requests).toEqual([]);
    expect(server.wire().toString('latin1')).not.toMatch(/HTTP|collections|canary/);
  },
);

test('an upstream that speaks plain HTTP where TLS is due gets no byte of the request', async () => {
  const upstream = await startScriptedUpstream(() => ({ kind: 'hang' }));
  await using bench = await openBenchAt(`https://127.0.0.1:${upstream.port}/v1`, upstream);
  const told = await bench.ask('read');
  expect(told.outcome).toBe('UPSTREAM_TIMEOUT');
  expect(upstream.requests).toEqual([]);
});
