import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createLogger } from '../../src/boot/open-logger.ts';
import { parseConfig } from '../../src/config/config.ts';
import { startTracing } from '../../src/telemetry/tracing.ts';
import { forge } from '../server/auth/token-issuer.ts';
import { noFile } from '../support/environment.ts';
import { everyCollection, oneCollection } from '../support/front-door.ts';
import { startGateway } from '../support/gateway.ts';
import type { ReceivedRequest } from '../support/received-request.ts';
import { type Answer, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { startWatchedGateway } from '../telemetry/watched-gateway.ts';
import { COLLECTOR_TOKEN, CREATE, FAILURES, leaksIn, READ } from './canaries.ts';

const QUICKLY = { DEADLINE_MS: '600', UPSTREAM_TIMEOUT_MS: '200' };
const BEARER = forge({ alg: 'ES256', kid: 'canary-kid' }, 'canary-signature');

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.concurrent('nothing secret gets into the log when the upstream', () => {
  test.each(FAILURES)('%s', async (_failure, answer) => {
    const upstream = await startScriptedUpstream(answer);
    const gateway = await startGateway(upstream.url, QUICKLY);
    for (const document of [READ, CREATE]) await gateway.query(document);
    await gateway.end();
    await upstream.close();
    expect(leaksIn(gateway.logLines)).toEqual([]);
    expect(gateway.logLines.join('')).toContain('a field failed');
  });
});

describe.concurrent('nothing secret gets into the log when the key server', () => {
  test.each(FAILURES)('%s', async (_failure, answer) => {
    const upstream = await startScriptedUpstream(everyCollection);
    const keyServer = await startScriptedUpstream(answer);
    const gateway = await startGateway(upstream.url, {
      AUTH_MODE: 'jwt',
      AUTH_JWKS_URL: keyServer.url,
      AUTH_ISSUER: 'https://issuer.example/',
      AUTH_AUDIENCE: 'collections',
    });
    const headers = { authorization: `Bearer ${BEARER}` };
    expect((await gateway.query(READ, {}, { headers })).status).toBe(503);
    await gateway.end();
    await upstream.close();
    await keyServer.close();
    expect(leaksIn(gateway.logLines)).toEqual([]);
    expect(gateway.logLines.join('')).toContain('the keys for tokens');
  });
});

describe('nothing secret gets into the log when the collector of traces', () => {
  test.each(FAILURES)('%s', async (_failure, answer) => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: await startCollector(answer),
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${COLLECTOR_TOKEN},x-token=${COLLECTOR_TOKEN}`,
      OTEL_EXPORTER_OTLP_TIMEOUT: '100',
      OTEL_BSP_SCHEDULE_DELAY: '5',
    };
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const { secrets } = parseConfig({ ...env, UPSTREAM: 'sandbox', AUTH_MODE: 'none' }, noFile);
    const lines: string[] = [];
    const logger = createLogger({ logLevel: 'trace', secrets }, { write: (line) => void lines.push(line) });
    const tracing = startTracing(null, logger);
    const { query } = await startWatchedGateway(tracing, () => oneCollection());
    await query(READ);
    await tracing.shutdown();
    expect(leaksIn(lines)).toEqual([]);
  });
});

/** A collector that answers by script, for as long as the test runs. It takes chunks, in which spans are sent. */
async function startCollector(answer: Answer): Promise<string> {
  const server = createServer((req) => void answerBy(answer, req));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

async function answerBy(answer: Answer, req: IncomingMessage): Promise<void> {
  const reply = await answer(await received(req));
  if (reply.kind === 'hang') return;
  if (reply.then === 'reset') req.socket.resetAndDestroy();
  else req.socket.end(reply.bytes);
}

async function received(req: IncomingMessage): Promise<ReceivedRequest> {
  const { method = '', url: target = '', socket, headers } = req;
  const { pathname: path, searchParams: query } = new URL(target, 'http://collector');
  const texts = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  const body = await text(req);
  return { method, target, path, query, headers: new Map(texts), body, at: performance.now(), socket };
}
