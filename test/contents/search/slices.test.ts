import { describe, expect, test } from 'vitest';
import { dig } from '../../support/dig.ts';
import { codesOf } from '../../support/front-door.ts';
import { openSandboxedGateway } from '../../support/sandboxed-gateway.ts';
import { PICK, pick, pickAll, toPicked } from './pick.ts';

describe('what a filter found', () => {
  test('comes once, in slices of any size, in the order that was asked for', async () => {
    const { query } = await openSandboxedGateway({ seedCount: 1 });
    const filter = { kinds: ['IMAGE'] };
    const whole = await pickAll(query, filter, 500);
    expect(whole.length).toBeGreaterThan(150);
    expect(new Set(whole).size).toBe(whole.length);
    for (const first of [40, 120]) expect(await pickAll(query, filter, first)).toEqual(whole);
    const orderBy = { field: 'UPDATED_AT', direction: 'ASC' };
    const byUpdate = await pick(query, { filter, orderBy, first: 500 });
    const dates = byUpdate.nodes.map((node) => Date.parse(String(dig(node, 'updatedAt'))));
    expect(dates).toEqual(dates.toSorted((a, b) => a - b));
  });

  test('is resumed by the cursor of every edge', async () => {
    const { query } = await openSandboxedGateway({ seedCount: 1 });
    const filter = { kinds: ['IMAGE'] };
    const whole = await pickAll(query, filter, 500);
    for (const first of [4, 25]) {
      const { cursors } = await pick(query, { filter, first });
      for (const [index, after] of cursors.entries()) {
        const rest = await pick(query, { filter, first: 5, after });
        expect([rest.ids, rest.codes]).toEqual([whole.slice(index + 1, index + 6), []]);
      }
    }
  });

  test('ends where the search finds no more, however many it thinks there are', async () => {
    for (const excess of [0, 40]) {
      const { query } = await openSandboxedGateway({ seedCount: 1, faults: { search: { excess } } });
      const filter = { kinds: ['AUDIO'] };
      const whole = await pickAll(query, filter, 500);
      expect(await pickAll(query, filter, 1)).toEqual(whole);
      expect(await pickAll(query, filter, whole.length)).toEqual(whole);
    }
  });

  test('costs two calls a page, as planned; more than may be is refused without a call', async () => {
    const { query, calls } = await openSandboxedGateway({ seedCount: 1 }, { MAX_UPSTREAM_CALLS: '4' });
    await calls();
    const found = await query(
      PICK,
      { filter: { kinds: ['IMAGE'] }, first: 150 },
      { headers: { 'x-show-cost': '1' } },
    );
    expect(found.body).toMatchObject({ extensions: { cost: { planned: 4, upstreamCalls: 4 } } });
    expect(await calls()).toEqual({ 'assets.search': 2, 'assets.bulk': 2 });
    const refused = await query(PICK, { filter: { text: 'x' }, first: 201 });
    expect([refused.status, codesOf(refused)]).toEqual([400, ['LIMIT_EXCEEDED']]);
    expect(refused.text).toContain('6 upstream calls');
    expect((await pick(query, { filter: { text: '' }, first: 201 })).codes).toEqual([]);
    expect(await calls()).toEqual({ 'assets.list': 3 });
  });

  test('is told late of what was moved, but shows each asset as it is now', async () => {
    const { query } = await openSandboxedGateway({
      seedCount: 1,
      seedAssets: 2,
      faults: { search: { lagMs: 600_000 } },
    });
    const { body } = await query('{ collections(first: 1) { nodes { id } } }');
    const id = dig(body.data, 'collections', 'nodes', 0, 'id');
    const before = await pick(query, { filter: { inCollection: id } });
    const [moved] = before.ids;
    const remove = `mutation ($input: RemoveAssetsFromCollectionInput!) {
      removeAssetsFromCollection(input: $input) { __typename } }`;
    await query(remove, { input: { id, assetIds: [moved] } });
    const after = await pick(query, { filter: { inCollection: id } });
    expect(after.ids).toEqual(before.ids);
    expect(dig(after.nodes, 0, 'collectionIds')).toEqual([]);
  });

  test('ends with the quota of searches, which is no reason to wait, and the list without a filter goes on', async () => {
    const { query } = await openSandboxedGateway({ seedCount: 1, faults: { search: { quota: 1 } } });
    const filter = { kinds: ['IMAGE'] };
    const partial = await query(PICK, { filter, first: 150 });
    expect(toPicked(partial)).toMatchObject({ hasNextPage: true, codes: ['QUOTA_EXCEEDED'] });
    expect(toPicked(partial).ids).toHaveLength(100);
    const refused = await query(PICK, { filter: { text: 'x' } });
    expect(refused.body).toMatchObject({
      data: null,
      errors: [
        {
          message: expect.stringContaining('no more searches'),
          path: ['assets'],
          extensions: { code: 'QUOTA_EXCEEDED', retryable: false },
        },
      ],
    });
    expect((await pick(query, { first: 3 })).ids).toHaveLength(3);
  });
});
