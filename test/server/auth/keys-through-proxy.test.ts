import { beforeAll, expect, test } from 'vitest';
import { startConnectProxy } from '../../support/connect-proxy.ts';
import { startGateway } from '../../support/gateway.ts';
import { hang, startScriptedUpstream } from '../../support/scripted-upstream.ts';
import { type Certificates, makeCertificates, startTlsServer, trust } from '../../support/tls-server.ts';
import { AUDIENCE, createSigningKey, ISSUER, keySet, sign } from './token-issuer.ts';

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
  return trust(certificates);
});

test.each([
  ['through the proxy', 'keys.gateway.test', 1],
  ['directly where they are on this machine', 'localhost', 0],
])('the keys for tokens are fetched %s', async (_way, host, tunnels) => {
  const key = await createSigningKey('key-1');
  await using server = await startTlsServer(certificates.valid, JSON.stringify(keySet(key)));
  const proxy = await startConnectProxy();
  const upstream = await startScriptedUpstream(() => hang);
  await using gateway = await startGateway(upstream.url, {
    HTTPS_PROXY: proxy.url,
    AUTH_MODE: 'jwt',
    AUTH_JWKS_URL: server.url.replace('localhost', host),
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: AUDIENCE,
  });
  const token = await sign(key, { sub: 'caller-1' });
  const { body } = await gateway.query(
    '{ viewer { name } }',
    {},
    { headers: { authorization: `Bearer ${token}` } },
  );
  expect(body.data).toEqual({ viewer: { name: 'caller-1' } });
  expect([server.requests.length, proxy.requests.length]).toEqual([1, tunnels]);
  await upstream.close();
});
