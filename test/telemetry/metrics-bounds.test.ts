import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Call, CallResult } from '../../src/http/call.ts';
import { type AccountName, DEFAULT_ACCOUNT, isAccountName } from '../../src/shared/brands.ts';
import type { ErrorCode } from '../../src/shared/gateway-error.ts';
import { createMetrics, type Metrics } from '../../src/telemetry/metrics.ts';
import { findLeaks } from '../support/canaries.ts';
import { inTurn, oneCollection } from '../support/front-door.ts';
import { json } from '../support/scripted-upstream.ts';
import { readSeries } from './series.ts';
import { startWatchedGateway } from './watched-gateway.ts';

const MAX_SERIES = 200;

const ENDPOINTS = [
  'collections.list',
  'collections.retrieve',
  'collections.create',
  'collections.update',
  'collections.delete',
  'collections.assets.add',
  'collections.assets.remove',
  'collections.models.add',
  'collections.models.remove',
];

const CODES: readonly ErrorCode[] = [
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'INSUFFICIENT_SCOPE',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'RATE_LIMITED',
  'QUOTA_EXCEEDED',
  'UPSTREAM_REJECTED',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_BAD_RESPONSE',
  'WRITE_OUTCOME_UNKNOWN',
  'OVERLOADED',
  'LIMIT_EXCEEDED',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'DOCUMENT_NOT_TRUSTED',
  'PERSISTED_QUERY_NOT_FOUND',
  'INTERNAL_SERVER_ERROR',
];

const withStatus = (status: number): CallResult => ({
  ok: false,
  unclear: false,
  failure: {
    kind: 'status',
    status,
    reason: null,
    retryAfterMs: null,
    byApiGateway: false,
    planCeiling: false,
    upstreamRequestId: null,
  },
});

const RESULTS: readonly CallResult[] = [
  { ok: true, body: null, unclear: false },
  ...Array.from({ length: 500 }, (_, index) => withStatus(100 + index)),
  { ok: false, unclear: false, failure: { kind: 'unreachable', errorCode: 'ECONNREFUSED' } },
  { ok: false, unclear: true, failure: { kind: 'connection-lost', errorCode: 'ECONNRESET' } },
  { ok: false, unclear: true, failure: { kind: 'timed-out', limit: 'attempt', sent: true, waitedMs: 5_000 } },
  { ok: false, unclear: true, failure: { kind: 'cancelled', sent: true } },
  { ok: false, unclear: true, failure: { kind: 'unreadable', why: 'not-json' } },
];

/** Makes everything happen that can: each outcome of each type, each result at each endpoint, three attempts each. */
function exhaust(metrics: Metrics, account = DEFAULT_ACCOUNT): void {
  const req = new IncomingMessage(new Socket());
  for (const endpoint of ENDPOINTS) {
    const call: Call = {
      endpoint,
      method: 'GET',
      effect: 'read',
      repeatable: true,
      path: '/',
      answer: 'json',
    };
    for (const result of RESULTS) {
      const observer = metrics.operationStarted(req, 'request');
      observer.accountKnown(account);
      for (const resends of [0, 1, 2]) observer.attemptStarted({ ...call, resends })(result);
    }
  }
  for (const type of [null, 'query', 'mutation', 'subscription']) {
    for (const errorCodes of [[], ...CODES.map((code) => [code])]) {
      for (const clientDisconnected of [true, false]) {
        const tally = {
          attempts: 1,
          retries: 1,
          shared: 1,
          cached: 1,
          stale: 1,
          staleAgeMs: 1,
          unconfirmed: 0,
        };
        const facts = { name: null, type, status: 200, errorCodes, tally, durationMs: 1, clientDisconnected };
        const observer = metrics.operationStarted(req, 'request');
        observer.accountKnown(account);
        observer.operationEnded(facts);
      }
    }
  }
}

/** What others have no series left for. */
const lateCall: Call = {
  endpoint: 'collections.models.remove',
  method: 'GET',
  effect: 'read',
  repeatable: true,
  path: '/',
  answer: 'json',
  resends: 2,
};

function accountNamed(name: string): AccountName {
  if (isAccountName(name)) return name;
  throw new Error(`"${name}" is no name of an account`);
}

const scrape = async (metrics: Metrics) => readSeries(await metrics.render());

describe('metrics keep to themselves', () => {
  test('whatever happens, there are no more than 200 series', async () => {
    const metrics = createMetrics();
    metrics.watch({
      accounts: [
        {
          account: DEFAULT_ACCOUNT,
          queueDepth: () => 0,
          callsInFlight: () => 0,
          breakerState: () => 'closed',
        },
      ],
      redisUp: () => true,
      logLinesLost: () => 0,
    });
    exhaust(metrics);
    expect((await scrape(metrics)).size).toBeLessThanOrEqual(MAX_SERIES);
  });

  test('sums stay exact when series run out', async () => {
    const metrics = createMetrics();
    exhaust(metrics);
    const series = [...(await scrape(metrics))];
    for (const endpoint of ENDPOINTS) {
      const own = series.filter(([name]) =>
        name.startsWith(`gateway_upstream_attempts_total{endpoint="${endpoint}"`),
      );
      expect(own.reduce((sum, [, value]) => sum + value, 0)).toBe(3 * RESULTS.length);
    }
  });

  test('each account has series of its own, whatever happens to others', async () => {
    const metrics = createMetrics();
    exhaust(metrics);
    const other = accountNamed('brand-2');
    exhaust(metrics, other);
    const req = new IncomingMessage(new Socket());
    const observer = metrics.operationStarted(req, 'request');
    observer.accountKnown(accountNamed('animation'));
    observer.attemptStarted(lateCall)({ ok: true, body: null, unclear: false });
    const series = await scrape(metrics);
    expect(
      series.get(
        'gateway_upstream_attempts_total{endpoint="collections.models.remove",status="2xx",attempt="3",account="animation"}',
      ),
    ).toBe(1);
    const of = (account: string) =>
      [...series]
        .filter(([name]) => name.includes(`account="${account}"`))
        .map(([name, value]) => [name.replace(account, ''), value]);
    const timeless = (rows: ReturnType<typeof of>) =>
      rows.filter(([name]) => !/seconds_(sum|bucket)/.test(String(name)));
    expect(timeless(of('brand-2'))).toEqual(timeless(of('default')));
    expect(of('brand-2').length).toBeLessThan(MAX_SERIES);
  });

  test('10,000 made-up operation names add no series', { timeout: 120_000 }, async () => {
    const metrics = createMetrics();
    const { query } = await startWatchedGateway(metrics, () => oneCollection());
    await query('query First { collection(id: "col_1") { name } }');
    await query('query First { nonsense }');
    const before = (await scrape(metrics)).size;
    for (let batch = 0; batch < 200; batch += 1) {
      await Promise.all(
        Array.from({ length: 50 }, (_, index) => query(`query Made${batch}Up${index} { __typename }`)),
      );
    }
    const after = await scrape(metrics);
    expect(after.get('gateway_operations_total{type="query",outcome="ok",account="default"}')).toBe(10_001);
    expect(after.size).toBe(before);
    expect(after.size).toBeLessThanOrEqual(MAX_SERIES);
  });

  test('no secret, no id and no word of a client stands in them', async () => {
    const metrics = createMetrics();
    const { query } = await startWatchedGateway(metrics, inTurn(json({}, 503), oneCollection()));
    const headers = { 'x-request-id': 'canary-request-id' };
    await query('query CanaryName { collection(id: "canary_id") { name } }', {}, { headers });
    await query('query CanaryName { canaryField }', { canaryVariable: 1 }, { headers });

    const text = await metrics.render();
    expect(findLeaks(text)).toEqual([]);
    expect(text).not.toMatch(/canary/i);
  });
});
