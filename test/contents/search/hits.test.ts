import { describe, expect, test } from 'vitest';
import { codesOf, openFrontDoor } from '../../support/front-door.ts';
import { json } from '../../support/scripted-upstream.ts';
import { wireAsset } from '../../support/wire-members.ts';
import { finding, idsUpTo, isSearch } from './finding.ts';
import { PICK, pick } from './pick.ts';

describe('what comes back', () => {
  test('a hit that has gone is left out, and others come in its place', async () => {
    const gone = new Set(['asset_0', 'asset_1', 'asset_4', 'asset_8', 'asset_9']);
    const { query, upstream } = await openFrontDoor(
      finding(idsUpTo(10), ({ path, body }) => {
        if (path !== '/v1/assets/get-bulk') return null;
        const ids: string[] = JSON.parse(body).assetIds;
        return json({ assets: ids.filter((id) => !gone.has(id)).map((id) => wireAsset({ id })) });
      }),
    );
    const filter = { text: 'x' };
    const whole = ['asset_2', 'asset_3', 'asset_5', 'asset_6', 'asset_7'];
    expect((await pick(query, { filter, first: 10 })).ids).toEqual(whole);
    // The first page of two has nothing left.
    const first = await pick(query, { filter, first: 2 });
    expect([first.ids, first.hasNextPage]).toEqual([whole.slice(0, 2), true]);
    for (const [index, after] of first.cursors.entries()) {
      const rest = await pick(query, { filter, first: 100, after });
      expect([rest.ids, rest.hasNextPage]).toEqual([whole.slice(index + 1), false]);
    }
    expect(upstream.requests.filter(isSearch).length).toBeLessThan(12);
  });

  const totals: ReadonlyArray<[what: string, total: unknown]> = [
    ['no estimate', undefined],
    ['an estimate that is too large', 1_000],
    ['an estimate that is too small', 1],
    ['an estimate that is no number', 'many'],
  ];
  test.each(totals)('all of it is found, once, with %s', async (_what, estimatedTotalHits) => {
    const ids = idsUpTo(9);
    const { query } = await openFrontDoor(
      finding(ids, (request) => {
        if (!isSearch(request)) return null;
        const { limit, offset } = JSON.parse(request.body);
        const hits = ids.slice(offset, offset + limit).map((id) => ({ id }));
        return json({ hits, limit, offset, ...(offset > 0 ? { estimatedTotalHits } : {}) });
      }),
    );
    const found: string[] = [];
    for (let after: unknown = null; ; ) {
      const slice = await pick(query, { filter: { text: 'x' }, first: 3, after });
      found.push(...slice.ids);
      if (slice.hasNextPage !== true || slice.ids.length === 0) break;
      after = slice.endCursor;
    }
    expect(found).toEqual(ids);
  });
});

test('an asset that is not as it should be fails its page, and the answer is not taken for an empty one', async () => {
  const { query } = await openFrontDoor(
    finding(['asset_1'], ({ path }) =>
      path === '/v1/assets/get-bulk' ? json({ assets: [wireAsset({ kind: 7 })] }) : null,
    ),
  );
  const answer = await query(PICK, { filter: { text: 'x' } });
  expect([codesOf(answer), answer.body.data]).toEqual([['UPSTREAM_BAD_RESPONSE'], null]);
});
