import { afterEach, describe, expect, test, vi } from 'vitest';
import { findLeaks } from '../support/canaries.ts';
import { inTurn, oneCollection } from '../support/front-door.ts';
import { hang, json } from '../support/scripted-upstream.ts';
import { readSources } from '../support/source-files.ts';
import { startOtlpReceiver } from './otlp-receiver.ts';
import { spanNamed, startTracingBench } from './tracing-bench.ts';
import { startWatchedGateway } from './watched-gateway.ts';

const READ = 'query Shelf { collection(id: "col_1") { name } }';
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT_ID = '00f067aa0ba902b7';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a request leaves a trace', () => {
  test('the HTTP exchange, in it the operation, in it each upstream attempt', async () => {
    const receiver = await startOtlpReceiver();
    const { tracing } = startTracingBench(receiver.url);
    const answer = inTurn(json({}, 503), oneCollection());
    const { query } = await startWatchedGateway(tracing, answer);
    await query(READ, {}, { headers: { 'x-request-id': 'request-7' } });
    await tracing.shutdown();

    const http = spanNamed(receiver, 'POST /graphql');
    const operation = spanNamed(receiver, 'query');
    const [first, second, ...others] = receiver.spans.filter(({ kind }) => kind === 'client');
    expect(others).toEqual([]);
    expect(http).toMatchObject({ kind: 'server', parentSpanId: null, failed: false });
    expect(operation).toMatchObject({ kind: 'internal', parentSpanId: http.spanId, failed: false });
    expect(first).toMatchObject({ name: 'GET collections.retrieve', parentSpanId: operation.spanId });
    expect(second).toMatchObject({ name: 'GET collections.retrieve', parentSpanId: operation.spanId });
    expect(http.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/graphql',
      'url.path': '/graphql',
      'gateway.request_id': 'request-7',
      'http.response.status_code': '200',
    });
    expect(operation.attributes).toEqual({
      'gateway.account': 'default',
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Shelf',
      'gateway.upstream.attempts': '2',
      'gateway.upstream.retries': '1',
      'gateway.upstream.shared': '0',
      'gateway.upstream.cached': '0',
      'gateway.upstream.stale': '0',
    });
    expect(first?.failed).toBe(true);
    expect(first?.attributes).toEqual({
      'http.request.method': 'GET',
      'gateway.upstream.endpoint': 'collections.retrieve',
      'http.response.status_code': '503',
      'error.type': '503',
    });
    expect(second?.failed).toBe(false);
    expect(second?.attributes).toEqual({
      'http.request.method': 'GET',
      'gateway.upstream.endpoint': 'collections.retrieve',
      'http.request.resend_count': '1',
    });
  });

  test("it continues the caller's trace, and does not hand it to the upstream", async () => {
    const receiver = await startOtlpReceiver();
    const { tracing } = startTracingBench(receiver.url);
    const { query, upstream } = await startWatchedGateway(tracing, () => oneCollection());
    const headers = { traceparent: `00-${TRACE_ID}-${PARENT_ID}-01`, tracestate: 'vendor=value' };
    await query(READ, {}, { headers });
    await tracing.shutdown();

    expect(receiver.spans.map(({ traceId }) => traceId)).toEqual([TRACE_ID, TRACE_ID, TRACE_ID]);
    expect(spanNamed(receiver, 'POST /graphql').parentSpanId).toBe(PARENT_ID);
    expect(upstream.requests.map(({ headers: sent }) => sent.has('traceparent'))).toEqual([false]);
  });

  test.each(['nonsense', `00-${'0'.repeat(32)}-${PARENT_ID}-01`, `ff-${TRACE_ID}-${PARENT_ID}-01`])(
    'a malformed context starts a trace of its own: %s',
    async (traceparent) => {
      const receiver = await startOtlpReceiver();
      const { tracing } = startTracingBench(receiver.url);
      const { query } = await startWatchedGateway(tracing, () => oneCollection());
      await query(READ, {}, { headers: { traceparent } });
      await tracing.shutdown();
      expect(spanNamed(receiver, 'POST /graphql')).toMatchObject({ parentSpanId: null });
    },
  );

  test('a refused request is an operation of no type', async () => {
    const receiver = await startOtlpReceiver();
    const { tracing } = startTracingBench(receiver.url);
    const { query } = await startWatchedGateway(tracing, () => oneCollection());
    await query('{ nonsense }');
    await tracing.shutdown();

    const operation = spanNamed(receiver, 'GraphQL Operation');
    expect(operation).toMatchObject({ failed: true });
    expect(operation.attributes).toMatchObject({ 'error.type': 'GRAPHQL_VALIDATION_FAILED' });
    const { attributes } = spanNamed(receiver, 'POST /graphql');
    expect(attributes).toMatchObject({ 'http.response.status_code': '400' });
  });

  test('a failed attempt without an answer is told by its kind', async () => {
    const receiver = await startOtlpReceiver();
    const { tracing } = startTracingBench(receiver.url);
    const env = { UPSTREAM_TIMEOUT_MS: '50', DEADLINE_MS: '60' };
    const { query } = await startWatchedGateway(tracing, () => hang, env);
    await query('mutation { createCollection(input: { name: "n" }) { __typename } }');
    await tracing.shutdown();

    const attempt = spanNamed(receiver, 'POST collections.create');
    expect(attempt).toMatchObject({ failed: true });
    expect(attempt.attributes['error.type']).toBe('timed-out');
    expect(spanNamed(receiver, 'mutation').attributes['error.type']).toBe('WRITE_OUTCOME_UNKNOWN');
  });

  test('no document, variable, id or secret is in it', async () => {
    const receiver = await startOtlpReceiver();
    const { tracing } = startTracingBench(receiver.url);
    const { query } = await startWatchedGateway(tracing, inTurn(json({}, 404), oneCollection()));
    const document = 'query Named($id: ID!) { canaryAlias: collection(id: $id) { name } }';
    await query(document, { id: 'canary_id' });
    await query('mutation { createCollection(input: { name: "canary name" }) { __typename } }');
    await tracing.shutdown();

    const text = JSON.stringify([receiver.spans, receiver.resource]);
    expect(receiver.spans.length).toBe(6);
    expect(findLeaks(text)).toEqual([]);
    expect(text).not.toMatch(/canary/i);
  });
});

test('OpenTelemetry is not loaded along with the gateway', () => {
  const sources = readSources('src');
  const tracers = sources
    .filter(({ imports }) => imports.some(({ target }) => target.startsWith('@opentelemetry/')))
    .map(({ path }) => path);
  const entry = 'src/telemetry/tracing.ts';
  expect(tracers).toContain(entry);
  for (const { path, imports } of sources.filter((source) => !tracers.includes(source.path))) {
    for (const { target, isLazy } of imports) {
      const isAllowed = !tracers.includes(target) || (isLazy && target === entry);
      expect(isAllowed, `${path} loads ${target}`).toBe(true);
    }
  }
});
