import { describe, expect, it } from 'vitest';
import { codesOf, everyCollection, globalId, openFrontDoor } from '../../support/front-door.ts';
import { ASKS_FOR_KEYS, bearing, type Key } from './keys.ts';

const ID = globalId('col_1');
const READS: readonly string[] = [
  `{ node(id: "${ID}") { id } }`,
  `{ nodes(ids: ["${ID}", "${ID}"]) { id } }`,
  '{ collection(id: "col_1") { name } }',
  '{ collections { nodes { id } } }',
  '{ collections(first: 0) { pageInfo { hasNextPage } } }',
  '{ __typename collection(id: "col_1") { name } }',
  '{ ... on Query { ...F } } fragment F on Query { collection(id: "col_1") { name } }',
  '{ collection(id: "..") { name } }',
];
const WRITES: readonly string[] = [
  'createCollection(input: { name: "x" })',
  'updateCollection(input: { id: "col_1", name: "x" })',
  'deleteCollection(input: { id: "col_1" })',
  'addAssetsToCollection(input: { id: "col_1", assetIds: ["a"] })',
  'removeAssetsFromCollection(input: { id: "col_1", assetIds: ["a"] })',
  'addModelsToCollection(input: { id: "col_1", modelIds: ["a"] })',
  'removeModelsFromCollection(input: { id: "col_1", modelIds: ["a"] })',
].map((field) => `mutation { ${field} { __typename } }`);

const ADDS = 'addAssetsToCollection(input: { id: "col_1", assetIds: ["a"] })';
/** Mutations that also select what has to be read for them. */
const READ_BESIDE: readonly string[] = [
  `mutation { ${ADDS} { ... on AddAssetsToCollectionPayload { collection { assets { nodes { url } } } } } }`,
  `mutation { ${ADDS} { ... on AddAssetsToCollectionPayload { collection { name containsAssets(assetIds: ["a"]) } } } }`,
  `mutation { ${ADDS} { ... on PartiallyAppliedError { latestCollection { name } } } }`,
  'mutation { updateCollection(input: { id: "col_1", name: "x" }) { ...P } } fragment P on UpdateCollectionPayload { collection { ...C } } fragment C on Collection { models(first: 0) { totalCount } }',
  'mutation ($yes: Boolean = true) { updateCollection(input: { id: "col_1", name: "x" }) { ... on UpdateCollectionPayload { collection { models @include(if: $yes) { totalCount } } } } }',
  'mutation { createCollection(input: { name: "x" }) { __typename } __typename updateCollection(input: { id: "col_1", name: "x" }) { ... on UpdateCollectionPayload { collection { assets { nodes { id } } } } } }',
];
/** Mutations that select no more than what they have changed. */
const OWN_ANSWERS: readonly string[] = [
  'mutation { updateCollection(input: { id: "col_1", name: "x" }) { ... on UpdateCollectionPayload { collection { name assetCount thumbnail { url } } } } }',
  'mutation ($yes: Boolean = false) { updateCollection(input: { id: "col_1", name: "x" }) { ... on UpdateCollectionPayload { collection { name models @include(if: $yes) { totalCount } } } } }',
  'mutation { __typename updateCollection(input: { id: "col_1", name: "x" }) { ... on UpdateCollectionPayload { collection { name assets @skip(if: true) { totalCount } } } } }',
];

const REFUSED: ReadonlyArray<readonly [Key, string]> = [
  ...READS.flatMap((read) => [['write-key', read] as const, ['idle-key', read] as const]),
  ...WRITES.flatMap((write) => [['read-key', write] as const, ['idle-key', write] as const]),
  ...READ_BESIDE.flatMap((write) => [['read-key', write] as const, ['write-key', write] as const]),
];
const ADMITTED: ReadonlyArray<readonly [Key, string]> = [
  ...READS.slice(0, 3).flatMap((read) => [['read-key', read] as const, ['full-key', read] as const]),
  ...WRITES.slice(1, 2).flatMap((write) => [['write-key', write] as const, ['full-key', write] as const]),
  ...OWN_ANSWERS.map((write) => ['write-key', write] as const),
  ['idle-key', '{ __typename }'],
];

describe.each(['true', 'false'])('with FAST_PATH=%s', (FAST_PATH) => {
  it.each(REFUSED)('%s may not %s, and nothing is called', async (key, document) => {
    const { query, wire } = await openFrontDoor(everyCollection, { ...ASKS_FOR_KEYS, FAST_PATH });
    const answer = await query(document, {}, bearing(key));
    expect([answer.status, codesOf(answer), answer.body.data]).toEqual([
      403,
      ['INSUFFICIENT_SCOPE'],
      undefined,
    ]);
    expect(Object.keys(answer.body.errors?.[0]?.extensions ?? {}).sort()).toEqual(['code', 'requestId']);
    const isOfWrite = document.startsWith('mutation') && key !== 'write-key';
    const needed = isOfWrite ? 'collections:write' : 'collections:read';
    expect(answer.body.errors?.[0]?.message).toContain(needed);
    expect(answer.headers.get('www-authenticate')).toBe(
      `Bearer realm="collections", error="insufficient_scope", scope="${needed}"`,
    );
    expect(wire()).toEqual([]);
  });

  it.each(ADMITTED)('%s may %s', async (key, document) => {
    const { query } = await openFrontDoor(everyCollection, { ...ASKS_FOR_KEYS, FAST_PATH });
    const answer = await query(document, {}, bearing(key));
    expect([answer.status, codesOf(answer)]).toEqual([200, []]);
  });

  it('no key at all is worth a call, even beside a document that is broken', async () => {
    const { query, wire } = await openFrontDoor(everyCollection, { ...ASKS_FOR_KEYS, FAST_PATH });
    for (const document of ['{', '{ __typename }', ...READS, ...WRITES])
      expect(codesOf(await query(document))).toEqual(['UNAUTHENTICATED']);
    expect(wire()).toEqual([]);
  });
});

it('a read that is under way for one caller is not given to another who may not read', async () => {
  const { query } = await openFrontDoor(everyCollection, { ...ASKS_FOR_KEYS, CACHE_TTL_MS: '60000' });
  const document = '{ collection(id: "col_1") { name } }';
  const keys: readonly Key[] = ['full-key', 'idle-key', 'read-key', 'write-key'];
  const answers = await Promise.all(keys.map((key) => query(document, {}, bearing(key))));
  expect(answers.map(({ status }) => status)).toEqual([200, 403, 200, 403]);
});
