import { describe, expect, test } from 'vitest';
import { openFrontDoor } from '../support/front-door.ts';
import { END_FORMS, idsUpTo, OffsetList, type OffsetListManners } from '../support/offset-list.ts';
import { readSlice, type Slice, walkToEnd } from '../support/slices.ts';

async function openList(length: number, manners: OffsetListManners = {}) {
  const list = new OffsetList(idsUpTo(length), manners);
  const { query, upstream } = await openFrontDoor(list.answer);
  const calls = () => upstream.requests.map((request) => Object.fromEntries(request.query));
  return { list, query, upstream, calls };
}

const ids = ({ edges }: Slice) => edges.map(({ node }) => node.scenarioId);

describe('the number of calls', () => {
  test('is none for first: 0', async () => {
    const { query, calls } = await openList(3);
    const nothing = { edges: [], pageInfo: { hasNextPage: false, startCursor: null, endCursor: null } };
    expect(await readSlice(query, { first: 0 })).toMatchObject({
      ...nothing,
      pageInfo: { hasPreviousPage: false },
    });
    const { edges } = await readSlice(query, { first: 1 });
    expect(await readSlice(query, { first: 0, after: edges[0]?.cursor })).toMatchObject({
      ...nothing,
      pageInfo: { hasPreviousPage: true },
    });
    expect(calls()).toEqual([{ pageSize: '1' }]);
  });

  test('is one call of 10 when nothing is said', async () => {
    const { query, calls } = await openList(25);
    const { body } = await query('{ collections { nodes { scenarioId } } }');
    expect(body.data).toEqual({
      collections: { nodes: idsUpTo(10).map((scenarioId) => ({ scenarioId })) },
    });
    expect(calls()).toEqual([{ pageSize: '10' }]);
  });

  test.each([1, 2, 99, 100])('is one for first: %i', async (first) => {
    const { query, calls } = await openList(250);
    const slice = await readSlice(query, { first });
    expect(ids(slice)).toEqual(idsUpTo(first));
    expect(slice.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(calls()).toEqual([{ pageSize: String(first) }]);
  });

  test('is one for the next slice of the same size, from the edge of a page', async () => {
    const { query, calls } = await openList(250);
    const { pageInfo } = await readSlice(query, { first: 100 });
    const next = await readSlice(query, { first: 100, after: pageInfo.endCursor });
    expect(ids(next)).toEqual(idsUpTo(200).slice(100));
    expect(calls()).toEqual([{ pageSize: '100' }, { pageSize: '100', paginationToken: expect.any(String) }]);
  });

  test('is one for each hundred above, in order, and the page size never changes', async () => {
    const { query, upstream, calls } = await openList(400);
    const slice = await readSlice(query, { first: 150 });
    expect(ids(slice)).toEqual(idsUpTo(150));
    expect(slice.pageInfo.hasNextPage).toBe(true);
    const next = await readSlice(query, { first: 230, after: slice.pageInfo.endCursor });
    expect(ids(next)).toEqual(idsUpTo(380).slice(150));
    expect(calls().map(({ pageSize }) => pageSize)).toEqual(['100', '100', '100', '100', '100']);
    // The second slice reads the page again in whose middle it starts.
    const tokens = calls().map(({ paginationToken }) => paginationToken);
    expect(tokens[0]).toBeUndefined();
    expect(tokens[2]).toBe(tokens[1]);
    expect(new Set(tokens).size).toBe(4);
    expect(upstream.requests.map(({ at }) => at)).toEqual(
      upstream.requests.map(({ at }) => at).toSorted((a, b) => a - b),
    );
  });

  test('is one for each page up to the largest slice', async () => {
    const { query, calls } = await openList(600);
    const slice = await readSlice(query, { first: 500 });
    expect(ids(slice)).toEqual(idsUpTo(500));
    expect(calls()).toHaveLength(5);
  });
});

describe.each(END_FORMS)('a list that ends with its token %s', (end) => {
  test.each([0, 1, 9, 10, 11, 25])('and has %i rows is read to its end by tens', async (length) => {
    const { query, calls } = await openList(length, { end });
    const { slices, rows } = await walkToEnd(query, 10);
    expect(rows).toEqual(idsUpTo(length));
    expect(slices.at(-1)?.pageInfo.hasNextPage).toBe(false);
    expect(calls().length).toBeLessThanOrEqual(Math.floor(length / 10) + 2);
  });

  test('is read whole in one slice that asks for more than there is', async () => {
    const { query } = await openList(230, { end });
    const slice = await readSlice(query, { first: 400 });
    expect(ids(slice)).toEqual(idsUpTo(230));
    expect(slice.pageInfo.hasNextPage).toBe(false);
  });

  test('gives nothing more behind its last edge, and says so', async () => {
    const { query } = await openList(12, { end });
    const { edges } = await readSlice(query, { first: 20 });
    const behind = await readSlice(query, { first: 20, after: edges.at(-1)?.cursor });
    expect(behind).toMatchObject({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });
});

describe('the cursor of every edge', () => {
  test.each([3, 10, 100, 130])('resumes right behind it, for slices of %i', async (first) => {
    const all = idsUpTo(237);
    const { query } = await openList(all.length);
    const { edges } = await readSlice(query, { first });
    for (const [index, { cursor }] of edges.entries()) {
      const slice = await readSlice(query, { first: 5, after: cursor });
      // A walk keeps the page size that it began with, so a slice may take more calls, never fewer rows.
      expect(ids(slice)).toEqual(all.slice(index + 1, index + 6));
      expect(slice.pageInfo.hasPreviousPage).toBe(true);
    }
  });

  test('startCursor and endCursor are those of the first and the last edge', async () => {
    const { query } = await openList(5);
    const { edges, pageInfo } = await readSlice(query, { first: 3 });
    expect(pageInfo).toMatchObject({ startCursor: edges[0]?.cursor, endCursor: edges[2]?.cursor });
  });
});

describe('pages that are not as they should be', () => {
  test('a short page is not the end', async () => {
    const { query } = await openList(60, { shortBy: 7 });
    const slice = await readSlice(query, { first: 25 });
    expect(ids(slice)).toEqual(idsUpTo(25));
    expect((await walkToEnd(query, 25)).rows).toEqual(idsUpTo(60));
  });

  test('rows that a page repeats are given once, inside a slice and from one to the next', async () => {
    const { query } = await openList(230, { overlap: 3 });
    expect(ids(await readSlice(query, { first: 230 }))).toEqual(idsUpTo(230));
    expect((await walkToEnd(query, 10)).rows).toEqual(idsUpTo(230));
    expect((await walkToEnd(query, 104)).rows).toEqual(idsUpTo(230));
  });
});
