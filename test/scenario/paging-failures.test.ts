import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { openFrontDoor } from '../support/front-door.ts';
import { idsUpTo, OffsetList } from '../support/offset-list.ts';
import { type Answer, hang, json, type Reply, reset, text } from '../support/scripted-upstream.ts';
import { LIST, readSlice } from '../support/slices.ts';
import { wireCollection } from '../support/wire-collection.ts';

const failures: ReadonlyArray<[what: string, reply: Reply, code: string]> = [
  ['a 401', json({ reason: 'no' }, 401), 'UPSTREAM_REJECTED'],
  ['a 403', json({ reason: 'no' }, 403), 'UPSTREAM_REJECTED'],
  ['a 400', json({ reason: 'no' }, 400), 'BAD_USER_INPUT'],
  ['a 404', json({ reason: 'no' }, 404), 'UPSTREAM_BAD_RESPONSE'],
  ['a 429', json({ reason: 'no' }, 429), 'RATE_LIMITED'],
  ['a 500 for ever', json({ reason: 'no' }, 500), 'UPSTREAM_UNAVAILABLE'],
  ['resets for ever', reset, 'UPSTREAM_UNAVAILABLE'],
  ['HTML', text('<html>', 200), 'UPSTREAM_BAD_RESPONSE'],
  ['another envelope', json({ items: [] }), 'UPSTREAM_BAD_RESPONSE'],
  ['no answer', hang, 'UPSTREAM_TIMEOUT'],
];

/** Plays the list, but for the page of this turn. */
function failingAt(turn: number, reply: Reply, list: OffsetList): Answer {
  const seen = new Set<string>();
  return (request) => {
    seen.add(request.target);
    return seen.size === turn ? reply : list.answer(request);
  };
}

const scenarioIds = (value: unknown) =>
  Array.isArray(value) ? value.map((edge) => dig(edge, 'node', 'scenarioId')) : value;

describe.each(failures)('when %s comes', (_what, reply, code) => {
  test('for the second page, the first is given with one coded entry, and its endCursor resumes', async () => {
    const list = new OffsetList(idsUpTo(250));
    const env = { UPSTREAM_TIMEOUT_MS: '200', DEADLINE_MS: '1500' };
    const { query, upstream } = await openFrontDoor(failingAt(2, reply, list), env);
    const { status, body } = await query(LIST.replace('collections(', 'mine: collections('), { first: 150 });
    expect(status).toBe(200);
    expect(body.errors).toMatchObject([
      { path: ['mine'], extensions: { code, requestId: expect.any(String) } },
    ]);
    expect(scenarioIds(dig(body.data, 'mine', 'edges'))).toEqual(idsUpTo(100));
    expect(dig(body.data, 'mine', 'pageInfo', 'hasNextPage')).toBe(true);

    upstream.answer = list.answer;
    const rest = await readSlice(query, {
      first: 150,
      after: String(dig(body.data, 'mine', 'pageInfo', 'endCursor')),
    });
    expect(rest.edges.map(({ node }) => node.scenarioId)).toEqual(idsUpTo(250).slice(100));
  });

  test('for the first page, the field is null with one coded entry', async () => {
    const { query } = await openFrontDoor(() => reply, { UPSTREAM_TIMEOUT_MS: '200', DEADLINE_MS: '1500' });
    const { status, body } = await query(LIST, { first: 150 });
    expect(status).toBe(200);
    expect(body.data).toBeNull();
    expect(body.errors).toMatchObject([{ path: ['collections'], extensions: { code } }]);
  });
});

test('a failure in the middle of a page costs none of the rows before it', async () => {
  const list = new OffsetList(idsUpTo(250));
  const { query, upstream } = await openFrontDoor(list.answer);
  const { edges } = await readSlice(query, { first: 150 });
  upstream.answer = failingAt(2, json({}, 401), list);
  const { body } = await query(LIST, { first: 150, after: edges[49]?.cursor });
  expect(scenarioIds(dig(body.data, 'collections', 'edges'))).toEqual(idsUpTo(100).slice(50));
  expect(body.errors).toHaveLength(1);
});

function page(from: number, length: number, token: string): Reply {
  const rows = idsUpTo(from + length).slice(from);
  return json({ collections: rows.map((id) => wireCollection({ id })), nextPaginationToken: token });
}

// 500 rows in pages of 100, and MAX_UPSTREAM_CALLS more.
const PLANNED = 5;
const ALLOWANCE = 30;

describe('a list that never ends', () => {
  test('and gives the same rows for ever is left after a bounded number of calls', async () => {
    let calls = 0;
    const { query, upstream } = await openFrontDoor(() => page(0, 5, `token-${(calls += 1)}`));
    const { body } = await query(LIST, { first: 500 });
    expect(scenarioIds(dig(body.data, 'collections', 'edges'))).toEqual(idsUpTo(5));
    expect(upstream.requests).toHaveLength(PLANNED + ALLOWANCE);
    expect(body.errors).toMatchObject([{ path: ['collections'], extensions: { code: 'LIMIT_EXCEEDED' } }]);
  });

  test('and gives one new row a page is left likewise, and can be resumed', async () => {
    let calls = 0;
    const { query, upstream } = await openFrontDoor(() => page(calls, 1, `token-${(calls += 1)}`));
    const { body } = await query(LIST, { first: 500 });
    const given = scenarioIds(dig(body.data, 'collections', 'edges'));
    expect(upstream.requests).toHaveLength(PLANNED + ALLOWANCE);
    expect(body.errors).toMatchObject([{ path: ['collections'], extensions: { code: 'LIMIT_EXCEEDED' } }]);
    expect(given).toEqual(idsUpTo(upstream.requests.length));
    expect(dig(body.data, 'collections', 'pageInfo', 'hasNextPage')).toBe(true);
    const next = await readSlice(query, {
      first: 1,
      after: String(dig(body.data, 'collections', 'pageInfo', 'endCursor')),
    });
    expect(next.edges).toHaveLength(1);
    expect(given).not.toContain(next.edges[0]?.node.scenarioId);
  });

  test('and goes round in a circle of tokens ends where the circle closes', async () => {
    const { query, upstream } = await openFrontDoor(({ query: sent }) => {
      const token = sent.get('paginationToken');
      if (token === null) return page(0, 3, 'a');
      return token === 'a' ? page(3, 3, 'b') : page(6, 3, 'a');
    });
    const slice = await readSlice(query, { first: 500 });
    expect(slice.edges.map(({ node }) => node.scenarioId)).toEqual(idsUpTo(9));
    expect(slice.pageInfo.hasNextPage).toBe(false);
    expect(upstream.requests).toHaveLength(3);
  });

  test('and gives empty pages with fresh tokens ends at the first of them', async () => {
    let calls = 0;
    const { query, upstream } = await openFrontDoor(() =>
      calls === 0 ? page(0, 5, `token-${(calls += 1)}`) : page(0, 0, `token-${(calls += 1)}`),
    );
    const slice = await readSlice(query, { first: 500 });
    expect(slice.edges).toHaveLength(5);
    expect(slice.pageInfo.hasNextPage).toBe(false);
    expect(upstream.requests).toHaveLength(2);
  });
});

test('a page that holds more rows than asked for is given to the last row, and no slice is too long', async () => {
  const rows = idsUpTo(7).map((id) => wireCollection({ id }));
  const { query } = await openFrontDoor(() => json({ collections: rows }));
  const slice = await readSlice(query, { first: 3 });
  expect(slice.edges.map(({ node }) => node.scenarioId)).toEqual(idsUpTo(3));
  expect(slice.pageInfo.hasNextPage).toBe(true);
  const rest = await readSlice(query, { first: 10, after: slice.pageInfo.endCursor });
  expect(rest.edges.map(({ node }) => node.scenarioId)).toEqual(idsUpTo(7).slice(3));
});

test('a token of 4,000 characters is carried in cursors', async () => {
  const token = 'x'.repeat(4_000);
  const { query, upstream } = await openFrontDoor(() =>
    json({ collections: idsUpTo(100).map((id) => wireCollection({ id })), nextPaginationToken: token }),
  );
  const { edges } = await readSlice(query, { first: 100 });
  await readSlice(query, { first: 100, after: edges.at(-1)?.cursor });
  expect(upstream.requests[1]?.query.get('paginationToken')).toBe(token);
});
