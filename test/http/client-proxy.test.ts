import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Client, createClient } from '../../src/http/client.ts';
import { type ConnectProxy, PROXY_PASSWORD, startConnectProxy } from '../support/connect-proxy.ts';
import { listenLocally } from '../support/listen-locally.ts';
import { scriptDns } from '../support/scripted-dns.ts';
import { type Certificates, makeCertificates, trust } from '../support/tls-server.ts';
import { CREATE, READ, scopeOf } from './calls.ts';

// Only the proxy leads this name to the upstream.
const NAME = 'upstream.gateway.test';
const ANSWERED = { ok: true, body: {}, unclear: false };

let certificates: Certificates;
let requests: IncomingMessage[];
let spoken: string[];
let proxy: ConnectProxy;
let port: number;
let client: Client;

beforeAll(() => {
  certificates = makeCertificates();
  return trust(certificates);
});

beforeEach(async () => {
  requests = [];
  spoken = [];
  // With an interim answer before each.
  const ALPNCallback = ({ protocols }: { protocols: string[] }) => {
    spoken.push(...protocols);
    return protocols[0];
  };
  const upstream = createServer({ ...certificates.valid, ALPNCallback }, (req, res) => {
    requests.push(req);
    res.writeContinue();
    res.end('{}');
  });
  port = await listenLocally(upstream, new Set());
  proxy = await startConnectProxy();
  client = open(proxy.url);
});

afterEach(() => client.close());

function open(proxyUrl: string | null): Client {
  return createClient({
    baseUrl: new URL(`https://${NAME}:${port}/v1`),
    proxy: proxyUrl === null ? null : new URL(proxyUrl),
    key: 'key',
    secret: 'secret',
    timeoutMs: 5_000,
    maxBodyBytes: 1_000,
  });
}

test('calls go through a tunnel for each kind, and the proxy alone gets its password', async () => {
  for (const call of [READ, READ, CREATE]) expect(await client.send(call, scopeOf())).toEqual(ANSWERED);
  expect(requests.map(({ url }) => url)).toEqual(['/v1/things/1', '/v1/things/1', '/v1/things']);
  expect(proxy.requests.map(({ url }) => url)).toEqual([`${NAME}:${port}`, `${NAME}:${port}`]);
  const credentials = `Basic ${btoa(`gateway:${PROXY_PASSWORD}`)}`;
  expect(proxy.requests.map(({ headers }) => headers['proxy-authorization'])).toEqual([
    credentials,
    credentials,
  ]);
  expect(JSON.stringify(requests.map(({ headers }) => headers))).not.toMatch(/proxy/i);
});

test.each(['through the proxy', 'directly'])('HTTP/1.1 is all that is spoken %s', async (way) => {
  scriptDns(() => '127.0.0.1');
  await client.close();
  client = open(way === 'directly' ? null : proxy.url);
  expect(await client.send(READ, scopeOf())).toEqual(ANSWERED);
  expect(spoken).toEqual(['http/1.1']);
});

test('a proxy whose URL holds no password gets none', async () => {
  await client.close();
  client = open(proxy.url.replace(/\/\/.*@/, '//'));
  expect(await client.send(CREATE, scopeOf())).toMatchObject({ failure: { kind: 'unreachable' } });
  expect(proxy.requests.map(({ headers }) => headers['proxy-authorization'])).toEqual([undefined]);
});
