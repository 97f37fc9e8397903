import { describe, expect, it } from 'vitest';
import { codesOf, everyCollection, openFrontDoor } from '../support/front-door.ts';
import { type Answer, json, reset } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

const NAME = 'n'.repeat(1_000);
const ALIASES = Array.from({ length: 30 }, (_, index) => `a${index}: name`).join(' ');
const LIST = `{ collections(first: 100) { nodes { ${ALIASES} } } }`;
const ONE = '{ collection(id: "col_1") { name } }';
const RENAME = `mutation { updateCollection(input: { id: "col_1", name: "x" }) {
  ... on UpdateCollectionPayload { collection { ${ALIASES} } }
} }`;
const CREATE = `mutation { createCollection(input: { name: "x" }) {
  ... on CreateCollectionPayload { collection { ${ALIASES} } }
} }`;

/** Names each collection with 1,000 characters. */
const longNames: Answer = (request) => {
  const { path, method } = request;
  if (path === '/v1/collections' && method === 'GET') {
    const collections = Array.from({ length: 100 }, (_, index) =>
      wireCollection({ id: `col_${index}`, name: NAME }),
    );
    return json({ collections });
  }
  return json({ collection: wireCollection({ id: path.split('/')[3] ?? 'col_new', name: NAME }) });
};

const chineseName: Answer = () =>
  json({ collection: wireCollection({ id: 'col_1', name: '漢'.repeat(400) }) });

/** Fails with the second collection, so that nobody knows what became of it. */
const oneLost: Answer = (request) => (request.path.endsWith('col_2') ? json({}, 500) : longNames(request));

/** Breaks every connection over which a change came, which was made. */
const onlyReadable: Answer = ({ method }) =>
  method === 'PUT' ? reset : json({ collection: wireCollection({ name: 'x' }) });

describe.each(['true', 'false'])('with FAST_PATH=%s an answer above MAX_ANSWER_BYTES', (FAST_PATH) => {
  it('is refused with what to do, and 4 MB are allowed by default', async () => {
    const small = await openFrontDoor(longNames, { FAST_PATH, MAX_ANSWER_BYTES: '1000000' });
    const refused = await small.query(LIST);
    expect([refused.status, refused.body.data, codesOf(refused)]).toEqual([200, null, ['LIMIT_EXCEEDED']]);
    expect(refused.body.errors?.[0]?.message).toMatch(/1000000 bytes: ask for fewer/);
    expect(refused.text.length).toBeLessThan(500);
    const { query } = await openFrontDoor(longNames, { FAST_PATH });
    expect((await query(LIST)).text.length).toBeGreaterThan(3_000_000);
  });

  it('is told from one that just fits, to the byte', async () => {
    const { text } = await (await openFrontDoor(everyCollection)).query(ONE);
    for (const [maxBytes, codes] of [
      [text.length, []],
      [text.length - 1, ['LIMIT_EXCEEDED']],
    ] as const) {
      const { query } = await openFrontDoor(everyCollection, { FAST_PATH, MAX_ANSWER_BYTES: `${maxBytes}` });
      expect(codesOf(await query(ONE))).toEqual(codes);
    }
  });

  it('is measured in bytes, not in characters', async () => {
    const { query } = await openFrontDoor(chineseName, { FAST_PATH, MAX_ANSWER_BYTES: '1000' });
    expect(codesOf(await query(ONE))).toEqual(['LIMIT_EXCEEDED']);
  });

  it.each([
    ['an update', RENAME, { endpoint: 'collections.update', collectionId: 'col_1', name: 'x' }],
    ['a create', CREATE, { endpoint: 'collections.create', collectionId: 'col_new', name: 'x' }],
  ])('tells that %s was made, and of what', async (_what, document, write) => {
    const { query, wire } = await openFrontDoor(longNames, { FAST_PATH, MAX_ANSWER_BYTES: '10000' });
    const answer = await query(document);
    expect([answer.status, answer.body.data, wire().length]).toEqual([200, null, 1]);
    expect(answer.body.errors).toMatchObject([
      {
        message: expect.stringMatching(/^The change was made, but/),
        extensions: { code: 'LIMIT_EXCEEDED', write: { ...write, startedAt: expect.any(String) } },
      },
    ]);
  });

  it('tells of each change once, and of one that is not confirmed as well', async () => {
    const { query } = await openFrontDoor(oneLost, { FAST_PATH, MAX_ANSWER_BYTES: '10000' });
    const document = `mutation {
      a: updateCollection(input: { id: "col_1", name: "x" }) {
        ... on UpdateCollectionPayload { collection { ${ALIASES.slice(0, 200)} name } }
      }
      b: createCollection(input: { name: "y" }) { __typename }
      c: updateCollection(input: { id: "col_2", name: "z" }) { __typename }
    }`;
    const { body } = await query(document);
    const told = (body.errors ?? []).map(({ extensions: { code, write } }) => [code, write]);
    expect(told).toMatchObject([
      ['LIMIT_EXCEEDED', { endpoint: 'collections.update', collectionId: 'col_1' }],
      ['LIMIT_EXCEEDED', { endpoint: 'collections.create', collectionId: 'col_new' }],
      ['WRITE_OUTCOME_UNKNOWN', { endpoint: 'collections.update', collectionId: 'col_2' }],
    ]);
  });

  it('tells how much of a change was made that did not go through whole', async () => {
    const { query } = await openFrontDoor(
      ({ method, body }) =>
        method === 'PUT' && body.includes('asset_60')
          ? json({}, 429)
          : json({ collection: wireCollection() }),
      { FAST_PATH, MAX_ANSWER_BYTES: '100' },
    );
    const assetIds = Array.from({ length: 120 }, (_, index) => `asset_${index}`);
    const { body } = await query(
      'mutation ($ids: [ID!]!) { addAssetsToCollection(input: { id: "col_1", assetIds: $ids }) { ... on PartiallyAppliedError { appliedIds } } }',
      { ids: assetIds },
    );
    expect(body.errors).toMatchObject([
      {
        message: expect.stringContaining(
          'Of 120 ids, 49 are as asked now, 49 failed, 0 have an unknown outcome, and 22 were not tried. But the answer',
        ),
        extensions: { code: 'LIMIT_EXCEEDED', write: { endpoint: 'collections.assets.add' } },
      },
    ]);
  });

  it('tells of a change that only a read has confirmed', async () => {
    const { query } = await openFrontDoor(onlyReadable, { FAST_PATH, MAX_ANSWER_BYTES: '50' });
    expect((await query(RENAME)).body.errors).toMatchObject([
      {
        message: expect.stringMatching(/^The change was made/),
        extensions: { write: { collectionId: 'col_1' } },
      },
    ]);
  });

  it('is counted in the log by its code', async () => {
    const { gateway, query } = await openFrontDoor(longNames, { FAST_PATH, MAX_ANSWER_BYTES: '10000' });
    await query(LIST);
    await expect.poll(() => gateway.logLines.join('')).toContain('"errorCodes":["LIMIT_EXCEEDED"]');
  });
});

describe('a name', () => {
  it.each([
    ['createCollection', '{ name: $name }'],
    ['updateCollection', '{ id: "col_1", name: $name }'],
  ])('of more than 1,000 characters is refused by %s, without a call', async (field, input) => {
    const { query, wire } = await openFrontDoor(everyCollection);
    const document = `mutation ($name: String!) { ${field}(input: ${input}) {
      __typename ... on InvalidInputError { issues { path message } }
    } }`;
    const { body } = await query(document, { name: 'é'.repeat(1_001) });
    expect(body.data?.[field]).toMatchObject({
      __typename: 'InvalidInputError',
      issues: [{ path: ['input', 'name'], message: expect.stringContaining('1000') }],
    });
    expect(wire()).toEqual([]);
    expect((await query(document, { name: 'é'.repeat(1_000) })).body.errors).toBeUndefined();
    expect(wire()).toHaveLength(1);
  });
});
