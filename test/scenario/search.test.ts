import { describe, expect, test } from 'vitest';
import type { Call, CallResult } from '../../src/http/call.ts';
import type { AssetSearch } from '../../src/scenario/assets/asset-calls.ts';
import { failed, status } from '../http/open-calls.ts';
import { wireAsset } from '../support/wire-members.ts';
import { answered, errorOf, openAccount } from './open-account.ts';

const SEARCH: AssetSearch = {
  filter: {
    text: 'x',
    kinds: { anyOf: [], orNoneOf: [] },
    tags: [],
    inCollection: null,
    notInCollection: null,
  },
  order: { sortBy: 'createdAt', sortDirection: 'desc' },
};

/** What the upstream finds, and what of it is there. */
interface Found {
  readonly hits: readonly string[];
  readonly gone?: readonly string[];
  readonly estimate?: unknown;
  /** Instead of the search, or of the read of what it found. */
  readonly search?: CallResult;
  readonly bulk?: CallResult;
}

/** Assets that are searched, and the places that were asked for. */
function openSearch({ hits, gone = [], estimate = hits.length, search, bulk }: Found) {
  const { request, sent } = openAccount(({ endpoint, body = '' }: Call): CallResult => {
    const asked = JSON.parse(body);
    if (endpoint === 'assets.search') {
      const page = hits.slice(asked.offset, asked.offset + asked.limit);
      return search ?? answered({ hits: page.map((id) => ({ id })), estimatedTotalHits: estimate });
    }
    const ids: string[] = asked.assetIds;
    const there = ids.filter((id) => !gone.includes(id));
    return bulk ?? answered({ assets: there.map((id) => wireAsset({ id })) });
  });
  const find = async (first: number, after: string | null = null) => {
    const slice = await request().assets.find(SEARCH, { first, after });
    return { ...slice, ids: slice.items.map(({ id }) => id) };
  };
  const places = () => sent.filter((call) => call.includes('/search/')).map((call) => placeOf(call));
  return { find, sent, places, request };
}

function placeOf(call: string): string {
  const { offset, limit } = JSON.parse(call.slice(call.indexOf('{')));
  return `${offset}+${limit}`;
}

const HITS = Array.from({ length: 9 }, (_, index) => `a${index}`);

describe('what a search found', () => {
  test('is read in bulk, in the order of the search', async () => {
    const { find, sent } = openSearch({ hits: ['b', 'a', 'b'] });
    expect((await find(3)).ids).toEqual(['b', 'a']);
    expect(sent[1]).toBe('POST /assets/get-bulk {"assetIds":["b","a"]}');
  });

  test('of nothing needs no read of it', async () => {
    const { find, sent } = openSearch({ hits: [], estimate: 7 });
    expect(await find(3)).toMatchObject({ ids: [], hasNextPage: false });
    expect(sent).toHaveLength(1);
  });

  test('goes on behind each of its rows', async () => {
    const { find } = openSearch({ hits: HITS });
    const { cursorAt } = await find(4);
    for (const index of [0, 1, 2, 3])
      expect((await find(9, cursorAt(index))).ids).toEqual(HITS.slice(index + 1));
  });

  test('leaves out what has gone since, and takes the next in its place', async () => {
    const { find } = openSearch({ hits: HITS, gone: ['a0', 'a2', 'a3'] });
    expect(await find(3)).toMatchObject({ ids: ['a1', 'a4', 'a5'], hasNextPage: true });
  });

  test('is looked for in the largest pages where a whole page has gone, and goes on behind each row', async () => {
    const hits = Array.from({ length: 250 }, (_, index) => `a${index}`);
    const { find, places } = openSearch({ hits, gone: hits.slice(0, 230) });
    const slice = await find(3);
    expect(slice.ids).toEqual(hits.slice(230, 233));
    expect(places()).toEqual(['0+3', '3+100', '103+100', '203+100']);
    for (const index of [0, 1, 2])
      expect((await find(3, slice.cursorAt(index))).ids).toEqual(hits.slice(231 + index, 234 + index));
  });

  test('of which all has gone is nothing, and the list ends', async () => {
    const { find, places } = openSearch({ hits: HITS, gone: HITS, estimate: 1_000 });
    expect(await find(3)).toMatchObject({ ids: [], hasNextPage: false });
    expect(places()).toEqual(['0+3', '3+100', '9+100']);
  });

  test.each<[estimate: unknown, places: readonly string[]]>([
    [9, ['0+3', '3+3', '6+3']],
    [8, ['0+3', '3+3', '6+3', '9+3']],
    [100, ['0+3', '3+3', '6+3', '9+3']],
    [null, ['0+3', '3+3', '6+3', '9+3']],
  ])('ends where there are no more hits, when it estimates %j', async (estimate, expected) => {
    const { find, places } = openSearch({ hits: HITS, estimate });
    let slice = await find(3);
    const ids = [...slice.ids];
    while (slice.hasNextPage && slice.ids.length > 0) {
      slice = await find(3, slice.cursorAt(slice.ids.length - 1));
      ids.push(...slice.ids);
    }
    expect([ids, places()]).toEqual([HITS, expected]);
  });

  test('without an estimate ends with a page that is not full', async () => {
    const { find, places } = openSearch({ hits: HITS.slice(0, 2), estimate: null });
    expect(await find(3)).toMatchObject({ ids: ['a0', 'a1'], hasNextPage: false });
    expect(places()).toEqual(['0+3']);
  });

  test('is no more of a page than was asked for', async () => {
    const search = answered({ hits: HITS.map((id) => ({ id })), estimatedTotalHits: 9 });
    const { find, sent } = openSearch({ hits: HITS, search });
    expect(await find(2)).toMatchObject({ ids: ['a0', 'a1'], hasNextPage: true });
    expect(sent[1]).toBe('POST /assets/get-bulk {"assetIds":["a0","a1"]}');
  });

  test('is searched for once by a request, until a write', async () => {
    const { request, places } = openSearch({ hits: HITS });
    const { assets } = request();
    const wanted = { first: 2, after: null };
    await assets.find(SEARCH, wanted);
    await assets.find(SEARCH, wanted);
    expect(places()).toHaveLength(1);
    assets.forget();
    await assets.find(SEARCH, wanted);
    expect(places()).toHaveLength(2);
  });

  test('has cursors that no other search takes', async () => {
    const { find, request, sent } = openSearch({ hits: HITS });
    const after = (await find(2)).cursorAt(0);
    const calls = sent.length;
    const other = { ...SEARCH, filter: { ...SEARCH.filter, text: 'y' } };
    expect(await errorOf(request().assets.find(other, { first: 2, after }))).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    expect(sent).toHaveLength(calls);
  });
});

describe('a search that fails', () => {
  test.each<[what: string, found: Partial<Found>, code: string]>([
    ['itself', { search: failed(status(500)) }, 'UPSTREAM_UNAVAILABLE'],
    ['when its hits are read', { bulk: failed(status(500)) }, 'UPSTREAM_UNAVAILABLE'],
    ['by a hit that cannot be read', { bulk: answered({ assets: [{ id: 'a0' }] }) }, 'UPSTREAM_BAD_RESPONSE'],
    ['for its words', { search: failed(status(400)) }, 'BAD_USER_INPUT'],
  ])('%s has its code', async (_what, found, code) => {
    expect(await errorOf(openSearch({ hits: HITS, ...found }).find(3))).toMatchObject({ code });
  });

  test('for the plan says what needs no search', async () => {
    const failure = status(429, { planCeiling: true });
    const error = await errorOf(openSearch({ hits: HITS, search: failed(failure) }).find(3));
    expect(error).toMatchObject({
      code: 'QUOTA_EXCEEDED',
      message: expect.stringContaining('no more searches'),
      hints: { retryable: false },
      cause: failure,
    });
  });
});
