import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { openClient, storedKeys } from '../redis/replica-pair.ts';
import { findLeaks } from '../support/canaries.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { type ScriptedUpstream, startScriptedUpstream, text } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { nested, upstreamBodies } from './upstream-bodies.ts';

const RUNS = 300;
const FIELDS =
  'id scenarioId name ownerId assetCount itemCount thumbnail { assetId url } createdAt updatedAt';
const DOCUMENTS = [
  `{ collection(id: "col_1") { ${FIELDS} } }`,
  `{ collections(first: 120) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }`,
  `mutation { createCollection(input: { name: "made" }) {
    ... on CreateCollectionPayload { collection { ${FIELDS} } } ... on Error { code message } } }`,
  `mutation { updateCollection(input: { id: "col_1", name: "renamed" }) {
    ... on UpdateCollectionPayload { collection { ${FIELDS} } } ... on Error { code message } } }`,
  'mutation { deleteCollection(input: { id: "col_1" }) { __typename } }',
];
const CODES = ['UPSTREAM_BAD_RESPONSE', 'WRITE_OUTCOME_UNKNOWN'];
const answer = z.strictObject({
  data: z.record(z.string(), z.unknown()).nullable(),
  errors: z
    .array(z.looseObject({ message: z.string(), extensions: z.looseObject({ code: z.enum(CODES) }) }))
    .optional(),
});

// What cannot be read is read again, and nobody has to wait for that here.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => void vi.restoreAllMocks());

interface Bench {
  readonly upstream: ScriptedUpstream;
  readonly redis: RedisServer;
  readonly gateway: TestGateway;
}

/** A gateway that keeps all that it reads, in memory and in Redis. */
async function openBench(): Promise<Bench> {
  const upstream = await startScriptedUpstream(() => text('{}'));
  onTestFinished(upstream.close);
  const redis = await startRedis();
  onTestFinished(redis.kill);
  const gateway = await startGateway(upstream.url, {
    REDIS_URL: redis.url,
    CACHE_TTL_MS: '60000',
    STALE_IF_ERROR_MS: '60000',
  });
  onTestFinished(gateway.end);
  return { upstream, redis, gateway };
}

test(`${RUNS} bodies that are nearly right break nothing: each answer has its data or its code`, async () => {
  const { upstream, gateway } = await openBench();
  let withData = 0;
  const property = fc.asyncProperty(upstreamBodies, async (body) => {
    upstream.answer = () => text(body);
    upstream.requests.length = 0;
    const answers = await Promise.all(DOCUMENTS.map((document) => gateway.query(document)));
    for (const { status, text: told, body: parsed } of answers) {
      expect([status, answer.safeParse(parsed).error?.message, findLeaks(told)]).toEqual([
        200,
        undefined,
        [],
      ]);
      if (parsed.data && !parsed.errors) withData += 1;
    }
  });
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
  expect(withData).toBeGreaterThan(RUNS);
}, 120_000);

const DEPTHS = [1_000, 45_000, 49_000];

test.each(DEPTHS.flatMap((levels) => [[levels, 'array'] as const, [levels / 5, 'object'] as const]))(
  'an unknown field that nests %i levels of %s is let go: what is known is shown, and kept without it',
  async (levels, shape) => {
    const { upstream, redis, gateway } = await openBench();
    const known = JSON.stringify(wireCollection()).slice(0, -1);
    const collection = `${known},"unknown":${nested(levels, shape)}}`;
    upstream.answer = ({ method, path }) =>
      text(
        method === 'GET' && path === '/v1/collections'
          ? `{"collections":[${collection}]}`
          : `{"collection":${collection}}`,
      );
    for (const document of DOCUMENTS) {
      const { body } = await gateway.query(document);
      expect(body.errors).toBeUndefined();
    }
    for (const document of DOCUMENTS.slice(0, 2)) await gateway.query(document);
    const client = openClient(redis);
    const [one = '', list = ''] = await storedKeys(client, 2);
    const kept = await client.mget(one, list);
    expect(kept.filter((value) => value?.includes('"col_1"') && !value.includes('unknown'))).toHaveLength(2);
  },
);
