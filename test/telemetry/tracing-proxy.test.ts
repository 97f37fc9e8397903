import { pino } from 'pino';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { watchGateway } from '../../src/boot/open-telemetry.ts';
import { startConnectProxy } from '../support/connect-proxy.ts';
import { parseProduction } from '../support/environment.ts';
import { oneCollection } from '../support/front-door.ts';
import { type Certificates, makeCertificates, startTlsServer, trust } from '../support/tls-server.ts';
import { startWatchedGateway } from './watched-gateway.ts';

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
  return trust(certificates);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['through the proxy', 'collector.gateway.test', 1],
  ['directly to a collector on this machine', 'localhost', 0],
])('traces are sent %s', async (_way, host, tunnels) => {
  await using collector = await startTlsServer(certificates.valid, '{}');
  const proxy = await startConnectProxy();
  const endpoint = collector.url.replace('localhost', host);
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', endpoint);
  const config = parseProduction({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    HTTPS_PROXY: proxy.url,
    ADMIN_PORT: '0',
  });
  const watch = await watchGateway(config, pino({ level: 'silent' }));
  const { query } = await startWatchedGateway(watch.telemetry, () => oneCollection());
  await query('{ collection(id: "col_1") { name } }');
  await watch.stop();
  expect(collector.requests).toEqual(['POST /v1/v1/traces']);
  expect(proxy.requests).toHaveLength(tunnels);
});
