import * as fc from 'fast-check';
import { Pool } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findLeaks } from '../support/canaries.ts';
import { everyCollection } from '../support/front-door.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import {
  type Answer,
  json,
  type ScriptedUpstream,
  startScriptedUpstream,
} from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { type FuzzedRequest, requests } from './requests.ts';

const BATCH = 200;
const BATCHES = 50;
const CONNECTIONS = 8;

const CODES = [
  'BAD_USER_INPUT NOT_FOUND CONFLICT FORBIDDEN UPSTREAM_BAD_RESPONSE LIMIT_EXCEEDED GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED PERSISTED_QUERY_NOT_FOUND',
].flatMap((line) => line.split(' '));
const error = z.object({
  message: z.string().min(1).max(1_001),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.looseObject({ code: z.enum(CODES), requestId: z.string().min(1) }),
});
const executed = z.strictObject({
  data: z.record(z.string(), z.unknown()).nullable(),
  errors: z.array(error).min(1).optional(),
});
const refused = z.strictObject({ errors: z.array(error).min(1).max(60) });

const upstreamAnswer: Answer = (request) => {
  const isList = request.path === '/v1/collections' && request.method === 'GET';
  return isList
    ? json({ collections: [wireCollection(), wireCollection({ id: 'col_2' })] })
    : everyCollection(request);
};

/** Sends a request. @returns the kind of answer that came, and what is wrong with it; `null` when nothing is */
async function send(pool: Pool, request: FuzzedRequest) {
  const answer = await pool.request({ ...request });
  const text = await answer.body.text();
  const status = answer.statusCode;
  const parsed = (status === 200 ? z.union([executed, refused]) : refused).safeParse(JSON.parse(text));
  const kind = `${status} ${parsed.success && 'data' in parsed.data && parsed.data.data ? 'with data' : 'refused'}`;
  const leaks = findLeaks(text);
  const isFine = status < 500 && parsed.success && leaks.length === 0;
  const sent = `${request.method} ${request.path} ${request.body ? Buffer.from(request.body).toString() : ''}`;
  return { kind, fault: isFine ? null : { sent, status, text, problem: parsed.error?.message, leaks } };
}

let upstream: ScriptedUpstream;
let gateway: TestGateway;
let pool: Pool;

describe.each(['true', 'false'])('with FAST_PATH=%s', (FAST_PATH) => {
  beforeAll(async () => {
    upstream = await startScriptedUpstream(upstreamAnswer);
    gateway = await startGateway(upstream.url, { FAST_PATH });
    pool = new Pool(new URL(gateway.url).origin, { connections: CONNECTIONS });
  });
  afterAll(async () => {
    await pool.close();
    await gateway.stop();
    await upstream.close();
  });

  it(`${BATCH * BATCHES} documents and bodies, good and bad, break nothing: each answer is GraphQL with codes`, async () => {
    const kinds = new Map<string, number>();
    const batches = fc.array(requests, { minLength: BATCH, maxLength: BATCH });
    const property = fc.asyncProperty(batches, async (batch) => {
      const outcomes = await Promise.all(batch.map((request) => send(pool, request)));
      expect(outcomes.map(({ fault }) => fault).filter((fault) => fault !== null)).toEqual([]);
      for (const { kind } of outcomes) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      expect(gateway.logLines.filter((line) => findLeaks(line).length > 0)).toEqual([]);
      upstream.requests.length = 0;
      gateway.logLines.length = 0;
    });
    await fc.assert(property, { numRuns: BATCHES, endOnFailure: true });
    // The grammar is worth nothing when nearly all that it makes is refused for the same reason.
    expect(kinds.get('200 with data')).toBeGreaterThan(BATCH);
    expect(kinds.get('400 refused')).toBeGreaterThan(BATCH);
    expect(kinds.get('415 refused')).toBeGreaterThan(0);
  }, 120_000);
});
