import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { eventually } from '../support/eventually.ts';
import { codesOf, globalId, oneCollection, openFrontDoor } from '../support/front-door.ts';
import { Ledger } from '../support/ledger.ts';
import type { ReceivedRequest } from '../support/received-request.ts';
import { type Answer, hang, json, type Reply, reset, text } from '../support/scripted-upstream.ts';

const env = { UPSTREAM_TIMEOUT_MS: '300', DEADLINE_MS: '3000' };
const LOSSES: ReadonlyArray<readonly [string, Reply]> = [
  ['reset', reset],
  ['hang', hang],
  ['500', json({ reason: 'No.' }, 500)],
  ['504', json({ reason: 'No.' }, 504)],
  ['HTML', text('<html>')],
];
const isWrite = ({ method, path }: ReceivedRequest) => method !== 'GET' && !path.endsWith('/get-bulk');

const EDIT = `mutation ($ids: [ID!]!) {
  add: addAssetsToCollection(input: { id: "col_1", assetIds: $ids }) {
    __typename ... on AddAssetsToCollectionPayload { addedIds collection { assetCount } } }
  remove: removeAssetsFromCollection(input: { id: "col_1", assetIds: $ids }) {
    __typename ... on RemoveAssetsFromCollectionPayload { removedIds collection { assetCount } } } }`;
const RENAME = `mutation { updateCollection(input: { id: "col_1", name: "New" }) {
  ... on UpdateCollectionPayload { collection { name } } } }`;
const DELETE = `mutation { deleteCollection(input: { id: "col_1" }) {
  ... on DeleteCollectionPayload { deletedCollectionId } } }`;

/** Loses the first answer to every different write. */
function losing(ledger: Ledger, loss: Reply, isApplied: boolean): Answer {
  const lost = new Set<string>();
  return (request) => {
    const write = `${request.method} ${request.body}`;
    if (!isWrite(request) || lost.has(write)) return ledger.serve(request);
    lost.add(write);
    if (isApplied) ledger.apply(request);
    return loss;
  };
}

describe.each(LOSSES)('when the first answer to every write is lost to a %s', (_loss, reply) => {
  test.each([true, false])('everything is as told, applied before that: %s', async (isApplied) => {
    const ledger = new Ledger('col_1');
    const { query } = await openFrontDoor(losing(ledger, reply, isApplied), env);
    const ids = Array.from({ length: 60 }, (_, index) => `asset_${index}`);
    const edited = await query(EDIT, { ids });
    expect(edited.body).toEqual({
      data: {
        add: {
          __typename: 'AddAssetsToCollectionPayload',
          addedIds: ids,
          collection: { assetCount: 60 },
        },
        remove: {
          __typename: 'RemoveAssetsFromCollectionPayload',
          removedIds: ids,
          collection: { assetCount: 0 },
        },
      },
    });
    expect(ledger.entries.map(({ kind }) => kind)).toEqual(['add', 'add', 'remove', 'remove']);
    const renamed = await query(RENAME);
    expect(dig(renamed.body.data, 'updateCollection', 'collection', 'name')).toBe('New');
  });
});

const REFUSALS: ReadonlyArray<readonly [string, Reply]> = [
  ['200 with an error', json({ error: 'boom' })],
  ['200 with a reason', json({ reason: 'not allowed' })],
  ['200 that says it is not deleted', json({ deleted: false })],
  ['200 with a text', json('x')],
  ['200 with a number', json(5)],
  ['200 with half an answer', text('{"coll')],
];

describe.each(REFUSALS)('a delete that is always answered with %s', (_answer, reply) => {
  test.each([
    [true, 'done'],
    [false, 'not told to be done'],
  ])('is settled by a read: applied %s, it is %s', async (isApplied) => {
    const ledger = new Ledger('col_1');
    const { query } = await openFrontDoor((request) => {
      if (!isWrite(request)) return ledger.serve(request);
      if (isApplied) ledger.apply(request);
      return reply;
    }, env);
    const answer = await query(DELETE);
    const told = [dig(answer.body.data, 'deleteCollection', 'deletedCollectionId'), codesOf(answer)];
    expect(told).toEqual(isApplied ? [globalId('col_1'), []] : [undefined, ['WRITE_OUTCOME_UNKNOWN']]);
  });
});

describe.each(LOSSES)('when the answer to a delete is lost to a %s', (_loss, reply) => {
  test.each([true, false])('the collection is gone, applied before that: %s', async (isApplied) => {
    const ledger = new Ledger('col_1');
    const { query } = await openFrontDoor(losing(ledger, reply, isApplied), env);
    const { body } = await query(DELETE);
    expect(dig(body.data, 'deleteCollection', 'deletedCollectionId')).toEqual(expect.any(String));
    expect(ledger.find('col_1')).toBeNull();
  });
});

test('the read that settles a write is never one that was kept', async () => {
  const ledger = new Ledger('col_1');
  const cached = { ...env, CACHE_TTL_MS: '60000' };
  const { query, upstream } = await openFrontDoor(losing(ledger, hang, true), cached);
  await query('{ collection(id: "col_1") { name } asset(id: "asset_1") { collectionIds } }');
  const { body } = await query(RENAME);
  expect(dig(body.data, 'updateCollection', 'collection', 'name')).toBe('New');
  expect(upstream.requests.slice(2).map(({ method }) => method)).toEqual(['PUT', 'GET']);
});

test('everything applied, and only its last read failing, is a report of all ids applied', async () => {
  const ledger = new Ledger('col_1');
  const serve = losing(ledger, hang, true);
  const { query } = await openFrontDoor(
    (request) => (request.method === 'GET' ? json({}, 501) : serve(request)),
    env,
  );
  const { body } =
    await query(`mutation { result: addAssetsToCollection(input: { id: "col_1", assetIds: ["a", "b"] }) {
    ... on PartiallyAppliedError { code latestCollection { id } appliedIds failedIds unknownIds notAttemptedIds } } }`);
  expect(dig(body.data, 'result')).toEqual({
    code: 'UPSTREAM_UNAVAILABLE',
    latestCollection: null,
    appliedIds: ['a', 'b'],
    failedIds: [],
    unknownIds: [],
    notAttemptedIds: [],
  });
});

test('a write that was held back, as others were repeated, is repeated behind a read that shows nothing of it', async () => {
  const ledger = new Ledger('col_1');
  const repeating = Promise.withResolvers<void>();
  const lost = new Set<string>();
  const { query, upstream } = await openFrontDoor(async (request) => {
    if (isWrite(request) && !lost.has(request.path)) {
      lost.add(request.path);
      return reset;
    }
    if (request.path.endsWith('/col_1')) return ledger.serve(request);
    await repeating.promise;
    return oneCollection({ id: request.path.split('/')[3] });
  });
  const rename = (id: string) =>
    query(`mutation { updateCollection(input: { id: "${id}", name: "New" }) { __typename } }`);
  // So many may be repeated at once while few calls are in flight.
  const others = ['col_7', 'col_8', 'col_9'].map(rename);
  await eventually('the others are repeated', () => upstream.requests.length === 6);
  const { body } = await query(RENAME);
  expect(dig(body.data, 'updateCollection', 'collection', 'name')).toBe('New');
  expect(upstream.requests.slice(6).map(({ method }) => method)).toEqual(['PUT', 'GET', 'PUT']);
  repeating.resolve();
  await Promise.all(others);
});

test('a write of which no read tells anything stays unknown', async () => {
  const { query } = await openFrontDoor(() => json({}, 501), env);
  const { body } = await query(RENAME);
  expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'WRITE_OUTCOME_UNKNOWN', retryable: false });
});
