import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { globalId, inTurn, oneCollection, openFrontDoor } from '../support/front-door.ts';
import { type Answer, hang, json, type Reply, raw, reset, text } from '../support/scripted-upstream.ts';

const edits = [
  ['addAssetsToCollection', 'assetIds', 'PUT'],
  ['removeAssetsFromCollection', 'assetIds', 'DELETE'],
  ['addModelsToCollection', 'modelIds', 'PUT'],
  ['removeModelsFromCollection', 'modelIds', 'DELETE'],
] as const;

function documentFor(field: string, key: string): string {
  const name = `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
  return `mutation ($ids: [ID!]!) { result: ${field}(input: { id: "col_1", ${key}: $ids }) {
    __typename
    ... on Error { message code }
    ... on ${name}Payload { collection { assetCount } ${key} }
    ... on NotFoundError { id }
    ... on PartiallyAppliedError {
      last: latestCollection { assetCount } appliedIds failedIds unknownIds notAttemptedIds failures { id code } } } }`;
}
const ADD = documentFor('addAssetsToCollection', 'assetIds');

const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `asset_${index}`);
const chunksOf = (ids: readonly string[]) =>
  Array.from({ length: Math.ceil(ids.length / 49) }, (_, index) => ids.slice(index * 49, (index + 1) * 49));

describe.each(edits)('%s', (field, key, method) => {
  test.each([1, 49, 50, 98, 99, 120])('sends %i ids in chunks of 49, in order', async (count) => {
    let turn = 0;
    const { query, upstream } = await openFrontDoor(() => oneCollection({ assetCount: (turn += 1) }));
    const ids = idsOf(count);
    const { body } = await query(documentFor(field, key), { ids });
    const chunks = chunksOf(ids);
    expect(upstream.requests.map((request) => [request.method, request.target, request.body])).toEqual(
      chunks.map((chunk) => [
        method,
        `/v1/collections/col_1/${key === 'assetIds' ? 'assets' : 'models'}`,
        JSON.stringify({ [key]: chunk }),
      ]),
    );
    const payload = `${field.charAt(0).toUpperCase()}${field.slice(1)}Payload`;
    expect(body).toEqual({
      data: { result: { __typename: payload, collection: { assetCount: chunks.length }, [key]: ids } },
    });
  });
});

test('chunks are sent one after the other', async () => {
  let under = 0;
  let most = 0;
  const { query } = await openFrontDoor(async () => {
    under += 1;
    most = Math.max(most, under);
    await new Promise((resolve) => setTimeout(resolve, 10));
    under -= 1;
    return oneCollection();
  });
  await query(ADD, { ids: idsOf(200) });
  expect(most).toBe(1);
});

test('repeated ids are dropped before the chunks are cut', async () => {
  const { query, upstream } = await openFrontDoor(() => oneCollection());
  const ids = idsOf(60);
  const { body } = await query(ADD, { ids: [...ids.slice(0, 30), ...ids, ...ids.toReversed()] });
  expect(upstream.requests.map((request) => JSON.parse(request.body))).toEqual(
    chunksOf(ids).map((assetIds) => ({ assetIds })),
  );
  expect(dig(body.data, 'result', 'assetIds')).toEqual(ids);
});

interface Way {
  readonly what: string;
  readonly reply: Reply;
  readonly fate: 'failed' | 'unknown';
  readonly code: string;
  /** Calls for the chunk that goes wrong, and for the reads that are to tell why: they go as wrong. */
  readonly attempts: number;
  /** What it is called when nothing was applied: a type of the union, or an entry of `errors`. */
  readonly alone: string;
}

const refused = (status: number) => json({ reason: 'No.' }, status);
const failed = (what: string, reply: Reply, code: string, alone = code): Way => ({
  what,
  reply,
  fate: 'failed',
  code,
  attempts: alone === code ? 1 : 2,
  alone,
});
const unknown = (what: string, reply: Reply, attempts: number): Way => ({
  what,
  reply,
  fate: 'unknown',
  code: 'WRITE_OUTCOME_UNKNOWN',
  attempts,
  alone: 'PartiallyAppliedError',
});

const ways: readonly Way[] = [
  failed('is refused with 400', refused(400), 'BAD_USER_INPUT', 'PartiallyAppliedError'),
  failed('is refused with 422', refused(422), 'BAD_USER_INPUT', 'PartiallyAppliedError'),
  failed('is refused with 409', refused(409), 'CONFLICT', 'PartiallyAppliedError'),
  failed('finds no collection', refused(404), 'NOT_FOUND', 'NotFoundError'),
  failed('is refused with 401', refused(401), 'UPSTREAM_REJECTED'),
  failed('is refused with 403', refused(403), 'FORBIDDEN', 'PartiallyAppliedError'),
  failed('is refused with 429', refused(429), 'RATE_LIMITED'),
  failed('meets a plan ceiling', json({ details: { actionLimit: 1 } }, 429), 'QUOTA_EXCEEDED'),
  unknown('is answered with 500 for ever', refused(500), 4),
  unknown('is answered with 502 for ever', refused(502), 6),
  unknown('is answered with 504 for ever', refused(504), 6),
  unknown('is reset for ever', reset, 6),
  unknown('is never answered', hang, 4),
  unknown('is answered with HTML', text('<html>'), 6),
  unknown('is answered with half a body', raw('HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{"coll'), 6),
  unknown('is answered with another envelope', json({ ok: true }), 2),
];

/** Plays a service that fails for ever from the n-th chunk on. */
function failingFrom(chunk: number, reply: Reply): { answer: Answer; bodies: Set<string> } {
  const bodies = new Set<string>();
  const answer: Answer = ({ body }) => {
    bodies.add(body);
    return bodies.size >= chunk ? reply : oneCollection({ assetCount: bodies.size });
  };
  return { answer, bodies };
}

const env = { UPSTREAM_TIMEOUT_MS: '150', DEADLINE_MS: '3000' };

describe.each(ways)('a chunk that $what', ({ reply, fate, code, attempts, alone }) => {
  test.each([2, 3])('ends the run when it is number %i, and each id is in one list', async (chunk) => {
    const { query, upstream } = await openFrontDoor(failingFrom(chunk, reply).answer, env);
    const ids = idsOf(120);
    const chunks = chunksOf(ids);
    const { body } = await query(ADD, { ids });
    expect(body.errors).toBeUndefined();
    expect(dig(body.data, 'result')).toEqual({
      __typename: 'PartiallyAppliedError',
      message: expect.stringMatching(/\S/),
      code,
      last: { assetCount: chunk - 1 },
      appliedIds: chunks.slice(0, chunk - 1).flat(),
      failedIds: fate === 'failed' ? chunks[chunk - 1] : [],
      unknownIds: fate === 'unknown' ? chunks[chunk - 1] : [],
      notAttemptedIds: chunks.slice(chunk).flat(),
      failures: fate === 'failed' ? chunks[chunk - 1]?.map((id) => ({ id, code })) : [],
    });
    expect(upstream.requests).toHaveLength(chunk - 1 + attempts);
  });

  test('tells of the first as well, plainly where no id can be the reason', async () => {
    const { query, upstream } = await openFrontDoor(failingFrom(1, reply).answer, env);
    const ids = idsOf(120);
    const { body } = await query(ADD, { ids });
    const isUnion = alone.endsWith('Error');
    expect(body.errors?.map(({ extensions }) => extensions['code'])).toEqual(isUnion ? undefined : [code]);
    expect(dig(body.data, 'result', '__typename')).toBe(isUnion ? alone : undefined);
    const [first = []] = chunksOf(ids);
    const lists = {
      unknownIds: fate === 'unknown' ? first : [],
      failedIds: fate === 'failed' ? first : [],
      notAttemptedIds: ids.slice(first.length),
    };
    const report = alone === 'PartiallyAppliedError' ? lists : {};
    expect(dig(body.data, 'result') ?? {}).toMatchObject(report);
    expect(upstream.requests).toHaveLength(attempts);
  });
});

describe('a chunk that is sent again', () => {
  test('counts as applied when the second try succeeds', async () => {
    const { query, upstream } = await openFrontDoor(inTurn(oneCollection(), reset, oneCollection()));
    const { body } = await query(ADD, { ids: idsOf(60) });
    expect(dig(body.data, 'result')).toMatchObject({ assetIds: idsOf(60) });
    expect(upstream.requests).toHaveLength(3);
    expect(upstream.requests[2]?.body).toBe(upstream.requests[1]?.body);
  });

  test.each([
    ['400', refused(400)],
    ['409', refused(409)],
    ['404', refused(404)],
  ])(
    'is of unknown outcome when the second try, and the read behind it, are refused with %s',
    async (_status, refusal) => {
      const { query, upstream } = await openFrontDoor(inTurn(oneCollection(), reset, refusal));
      const { body } = await query(ADD, { ids: idsOf(120) });
      const [applied, unclear, rest] = chunksOf(idsOf(120));
      expect(dig(body.data, 'result')).toMatchObject({
        __typename: 'PartiallyAppliedError',
        code: 'WRITE_OUTCOME_UNKNOWN',
        appliedIds: applied,
        failedIds: [],
        unknownIds: unclear,
        notAttemptedIds: rest,
      });
      expect(upstream.requests).toHaveLength(4);
    },
  );
});

test('the deadline covers all chunks: what it cuts off is unknown, what follows was not attempted', async () => {
  const { query, upstream } = await openFrontDoor(failingFrom(2, hang).answer, { DEADLINE_MS: '400' });
  const { body } = await query(ADD, { ids: idsOf(120) });
  const [applied, unclear, rest] = chunksOf(idsOf(120));
  expect(dig(body.data, 'result')).toMatchObject({
    appliedIds: applied,
    unknownIds: unclear,
    notAttemptedIds: rest,
  });
  expect(upstream.requests).toHaveLength(2);
});

test('a report names the collection that is gone by its global id when nothing was done', async () => {
  const { query } = await openFrontDoor(() => refused(404));
  const { body } = await query(ADD, { ids: ['a'] });
  expect(dig(body.data, 'result')).toMatchObject({ __typename: 'NotFoundError', id: globalId('col_1') });
});
