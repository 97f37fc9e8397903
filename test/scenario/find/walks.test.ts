import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { CollectionShelf } from '../../support/collection-shelf.ts';
import { dig } from '../../support/dig.ts';
import { codesOf } from '../../support/front-door.ts';
import { json } from '../../support/scripted-upstream.ts';
import { FIND, openShelf } from './front-door.ts';

const FILTER = { filter: { name: 'props' } };

test('730 collections: twelve searches at once make 8 calls, and further ones none', async () => {
  const { find, lists, upstream, shelf } = await openShelf(CollectionShelf.of(730));
  const words = Array.from({ length: 12 }, (_, index) => String(index));
  const searches = await Promise.all(words.map((word) => find({ filter: { name: `props ${word}` } })));
  expect(searches.map(({ totalCount }) => totalCount)).toEqual(
    words.map((word) => shelf.collections.filter(({ name }) => name.includes(word)).length),
  );
  expect(lists()).toBe(8);
  expect(upstream.requests.map(({ query }) => query.get('pageSize'))).toEqual(Array(8).fill('100'));
  for (let turn = 0; turn < 5; turn += 1) await find({ orderBy: { field: 'NAME', direction: 'DESC' } });
  expect((await find({ filter: null, orderBy: null, first: 0 })).totalCount).toBe(730);
  expect(lists()).toBe(8);
});

test('the walk is planned as one call, however many fields need it, and is bounded by no operation', async () => {
  const { query } = await openShelf(CollectionShelf.of(730), { MAX_UPSTREAM_CALLS: '1' });
  const document = `{
    a: collections(filter: { name: "props" }) { totalCount nodes { id } }
    b: collections(orderBy: { field: NAME, direction: ASC }) { totalCount }
    c: collections(first: 0) { totalCount }
  }`;
  const { body } = await query(document, {}, { headers: { 'x-show-cost': '1' } });
  expect(body).toMatchObject({
    data: { a: { totalCount: 730 }, b: { totalCount: 730 }, c: { totalCount: 730 } },
    extensions: { cost: { planned: 1, upstreamCalls: 0 } },
  });
});

test('is kept for COLLECTION_INDEX_TTL_MS', async () => {
  const { find, lists, shelf } = await openShelf(CollectionShelf.of(3), { COLLECTION_INDEX_TTL_MS: '2000' });
  await find(FILTER);
  shelf.put({ name: 'Props of others' });
  expect((await find(FILTER)).totalCount).toBe(3);
  expect(lists()).toBe(1);
  await delay(2_100);
  expect((await find(FILTER)).totalCount).toBe(4);
});

test('whoever cannot wait is told so, and the walk goes on for others', async () => {
  const { query, find, lists } = await openShelf(CollectionShelf.of(30), {}, (honest) => async (request) => {
    await delay(1_500);
    return honest(request);
  });
  const hasty = await query(FIND, FILTER, { headers: { 'x-deadline-ms': '300' } });
  expect(hasty.body.errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_TIMEOUT', retryable: true });
  expect((await find(FILTER)).totalCount).toBe(30);
  expect(lists()).toBe(1);
});

test('whoever goes away does not end the walk of the others', async () => {
  const { query, find, lists } = await openShelf(CollectionShelf.of(3), {}, (honest) => async (request) => {
    await delay(1_000);
    return honest(request);
  });
  const leaving = new AbortController();
  const left = query(FIND, FILTER, { signal: leaving.signal }).catch(() => 'left');
  const staying = find(FILTER);
  await delay(300);
  leaving.abort();
  expect(await left).toBe('left');
  expect((await staying).totalCount).toBe(3);
  expect(lists()).toBe(1);
});

describe('a list that is too large', () => {
  test('is refused whole, and remembered to be', async () => {
    const { find, lists, query } = await openShelf(CollectionShelf.of(201), {
      MAX_INDEXED_COLLECTIONS: '200',
    });
    expect(await find(FILTER)).toMatchObject({ ids: [], codes: ['LIMIT_EXCEEDED'] });
    const { body } = await query('{ collections { nodes { name } totalCount } }');
    expect(dig(body, 'data', 'collections', 'nodes')).toHaveLength(10);
    expect(body).toMatchObject({
      data: { collections: { totalCount: null } },
      errors: [
        { path: ['collections', 'totalCount'], extensions: { code: 'LIMIT_EXCEEDED', retryable: false } },
      ],
    });
    expect(lists()).toBe(3 + 1);
  });

  test('is found when it just fits', async () => {
    const { find } = await openShelf(CollectionShelf.of(200), { MAX_INDEXED_COLLECTIONS: '200' });
    expect((await find(FILTER)).totalCount).toBe(200);
  });
});

describe('a walk that fails', () => {
  test('gives its code to all who wait and is made again for the next', async () => {
    let isBroken = true;
    const { find, lists } = await openShelf(CollectionShelf.of(250), {}, (honest) => async (request) => {
      await delay(100);
      const isLater = request.query.has('paginationToken');
      return isBroken && isLater ? json({}, 400) : honest(request);
    });
    const both = await Promise.all([find(FILTER), find(FILTER)]);
    expect(both.map(({ ids }) => ids)).toEqual([[], []]);
    expect(both.map(({ codes }) => codes)).toEqual([['UPSTREAM_BAD_RESPONSE'], ['UPSTREAM_BAD_RESPONSE']]);
    expect(lists()).toBe(2);
    isBroken = false;
    expect((await find(FILTER)).totalCount).toBe(250);
  });

  test('keeps what is on the screen: a page behind a cursor is empty and goes on where it was', async () => {
    const env = { COLLECTION_INDEX_TTL_MS: '1000' };
    const { find, upstream, shelf } = await openShelf(CollectionShelf.of(3), env);
    const { endCursor } = await find({ ...FILTER, first: 1 });
    await delay(1_100);
    upstream.answer = () => json({}, 500);
    const after = String(endCursor);
    expect(await find({ ...FILTER, after })).toMatchObject({
      ids: [],
      codes: ['UPSTREAM_UNAVAILABLE'],
      hasNextPage: true,
      endCursor,
      totalCount: null,
    });
    upstream.answer = shelf.answer;
    expect((await find({ ...FILTER, after })).ids).toEqual(['col_2', 'col_3']);
  });

  test('leaves the list as it is: only the total is null, with its own error', async () => {
    const { query } = await openShelf(
      CollectionShelf.of(30),
      {},
      (honest) => (request) => (request.query.get('pageSize') === '100' ? json({}, 404) : honest(request)),
    );
    const answer = await query('{ collections(first: 2) { nodes { scenarioId } totalCount } }');
    expect(answer.body.data).toEqual({
      collections: { nodes: [{ scenarioId: 'col_1' }, { scenarioId: 'col_2' }], totalCount: null },
    });
    expect(codesOf(answer)).toEqual(['UPSTREAM_BAD_RESPONSE']);
    expect(answer.body.errors?.[0]?.path).toEqual(['collections', 'totalCount']);
  });
});

test('the total alone changes neither rows nor order nor cursors', async () => {
  const { query } = await openShelf(CollectionShelf.of(30));
  const page = 'edges { cursor node { id } } pageInfo { hasNextPage endCursor }';
  const without = await query(`{ collections(first: 3) { ${page} } }`);
  const { body } = await query(`{ collections(first: 3) { ${page} totalCount } }`);
  const { totalCount, ...rest } = Object(dig(body, 'data', 'collections'));
  expect(totalCount).toBe(30);
  expect(rest).toEqual(dig(without.body, 'data', 'collections'));
});
