import { beforeAll, expect, test } from 'vitest';
import {
  type ConnectProxy,
  PROXY_PASSWORD,
  type ProxyMood,
  startConnectProxy,
} from '../support/connect-proxy.ts';
import { startGateway } from '../support/gateway.ts';
import { Ledger } from '../support/ledger.ts';
import { scriptDns } from '../support/scripted-dns.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import {
  type Certificates,
  makeCertificates,
  startTlsServer,
  type TlsServer,
  trust,
} from '../support/tls-server.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { FaultBench } from './fault-bench.ts';

const DEADLINE_MS = 3_000;
const answer = JSON.stringify({ collection: wireCollection() });

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
  return trust(certificates);
});

/** A bench whose gateway calls this base URL. */
async function openBenchAt(url: string, env: Record<string, string>): Promise<FaultBench> {
  const ledger = new Ledger('col_1', 'col_healthy');
  const settings = { DEADLINE_MS: String(DEADLINE_MS), UPSTREAM_TIMEOUT_MS: '500', ...env };
  const gateway = await startGateway(url, settings);
  return new FaultBench(ledger, await startScriptedUpstream(ledger.serve), gateway, DEADLINE_MS);
}

/** The server's base URL by a name that only the proxy, or a scripted look-up, leads to it. */
const outside = ({ url }: TlsServer): string => url.replace('localhost', 'upstream.gateway.test');

const targetsOf = ({ requests }: ConnectProxy) => requests.map(({ url }) => url?.replace(/:\d+$/, ''));

test('the upstream is called through the proxy, which gets its password and no byte in plain text', async () => {
  await using server = await startTlsServer(certificates.valid, answer);
  const proxy = await startConnectProxy();
  await using bench = await openBenchAt(outside(server), { HTTPS_PROXY: proxy.url });
  for (const operation of ['read', 'read', 'rename', 'add', 'create'] as const)
    expect((await bench.ask(operation)).outcome).toBe('ok');
  expect(server.requests).toHaveLength(5);
  // One for all that may be repeated, one for the create.
  expect(targetsOf(proxy)).toEqual(['upstream.gateway.test', 'upstream.gateway.test']);
  const sent = proxy.wire().toString('latin1');
  expect(sent).not.toMatch(/HTTP|canary|collections/);
  expect(JSON.stringify(server.headers)).not.toMatch(/proxy/i);
});

test.each<[mood: ProxyMood, outcome: string, logged: string]>([
  ['refuses', 'UPSTREAM_UNAVAILABLE', 'UND_ERR_ABORTED'],
  ['asks who you are', 'UPSTREAM_UNAVAILABLE', 'UND_ERR_ABORTED'],
  ['resets', 'UPSTREAM_UNAVAILABLE', 'ECONNRESET'],
  ['closes', 'UPSTREAM_UNAVAILABLE', 'UND_ERR_PRX_CONN'],
  ['hangs', 'UPSTREAM_TIMEOUT', 'timed-out'],
])('a proxy that %s: nothing was sent, and a create is tried again', async (mood, outcome, logged) => {
  await using server = await startTlsServer(certificates.valid, answer);
  const proxy = await startConnectProxy();
  proxy.mood = mood;
  await using bench = await openBenchAt(outside(server), { HTTPS_PROXY: proxy.url });
  for (const operation of ['create', 'read'] as const) {
    const told = await bench.ask(operation);
    expect([told.outcome, bench.attemptsOf(told.requestId)]).toEqual([outcome, 3]);
    bench.expectDiscretion(told.requestId);
  }
  expect([server.requests.length, proxy.requests.length]).toEqual([0, 6]);
  proxy.mood = 'serves';
  expect((await bench.ask('create')).outcome).toBe('ok');
  const told = bench.gateway.logLines.join('');
  expect(told).toContain(logged);
  expect(told).not.toContain(PROXY_PASSWORD);
  expect(told).not.toContain(Buffer.from(`gateway:${PROXY_PASSWORD}`).toString('base64'));
});

test('a proxy that is down is an upstream that cannot be reached', async () => {
  const gone = await startScriptedUpstream(() => ({ kind: 'hang' }));
  await gone.close();
  const env = { HTTPS_PROXY: `http://gateway:canary@127.0.0.1:${gone.port}` };
  await using bench = await openBenchAt('https://upstream.gateway.test/v1', env);
  const told = await bench.ask('create');
  expect([told.outcome, bench.attemptsOf(told.requestId)]).toEqual(['UPSTREAM_UNAVAILABLE', 3]);
  bench.expectDiscretion(told.requestId);
});

test('a certificate is checked through the proxy as without it', async () => {
  await using server = await startTlsServer(certificates.wrongHost, answer);
  const proxy = await startConnectProxy();
  await using bench = await openBenchAt(outside(server), { HTTPS_PROXY: proxy.url });
  expect((await bench.ask('create')).outcome).toBe('UPSTREAM_UNAVAILABLE');
  expect(server.requests).toEqual([]);
  expect(bench.gateway.logLines.join('')).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
});

test('an upstream that NO_PROXY names is called directly', async () => {
  await using server = await startTlsServer(certificates.valid, answer);
  const proxy = await startConnectProxy();
  scriptDns(() => '127.0.0.1');
  const env = { HTTPS_PROXY: proxy.url, NO_PROXY: '10.0.0.0/8, .gateway.test' };
  await using bench = await openBenchAt(outside(server), env);
  expect((await bench.ask('create')).outcome).toBe('ok');
  expect([server.requests.length, proxy.requests.length]).toEqual([1, 0]);
});

test('neither a loopback nor an http: upstream is called through the proxy', async () => {
  await using server = await startTlsServer(certificates.valid, answer);
  const proxy = await startConnectProxy();
  scriptDns(() => '127.0.0.1');
  const ledger = new Ledger('col_1');
  const plain = await startScriptedUpstream(ledger.serve);
  const env = { HTTPS_PROXY: proxy.url, ALLOW_INSECURE_UPSTREAM: 'true' };
  for (const url of [server.url, plain.url, `http://plain.test:${plain.port}/v1`]) {
    await using bench = await openBenchAt(url, env);
    expect((await bench.ask('read')).outcome).toBe('ok');
  }
  expect([server.requests.length, plain.requests.length, proxy.requests.length]).toEqual([1, 2, 0]);
  await plain.close();
});
