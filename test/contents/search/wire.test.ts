import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../../src/sandbox/search/parse-filter.ts';
import { eventually } from '../../support/eventually.ts';
import { openFrontDoor } from '../../support/front-door.ts';
import { hang, json, type ScriptedUpstream } from '../../support/scripted-upstream.ts';
import { finding, idsUpTo, isSearch } from './finding.ts';
import { PICK, pick } from './pick.ts';

// What means something in a filter, and what may be hard to carry.
const SIGNS = [
  ...Array.from('"\\\'()[]=!<>, %{}$a1é🙂\u202e\u2028'),
  ' OR ',
  ' AND ',
  'NOT ',
  ' IS EMPTY',
  'kind = ',
];
const FIELDS = new Set(['kind', 'tags', 'collectionIds']);

describe('what goes out', () => {
  test('is the search to the reference’s letter, then a bulk read of what it found', async () => {
    const { query, wire } = await openFrontDoor(finding(['asset_b', 'asset_a']), {
      SCENARIO_PROJECT_ID: 'proj_1',
    });
    const filter = {
      text: ' two\nwords ',
      kinds: ['MODEL_3D', 'IMAGE'],
      tags: ['b', 'a'],
      inCollection: btoa('Collection:col_1'),
      notInCollection: 'col_2',
    };
    expect((await pick(query, { filter, first: 2 })).ids).toEqual(['asset_b', 'asset_a']);
    const search = JSON.stringify({
      filter:
        '(kind = "image" OR kind = "3d") AND tags = "a" AND tags = "b" AND collectionIds = "col_1" AND collectionIds != "col_2"',
      limit: 2,
      offset: 0,
      query: 'two words',
      sortBy: ['createdAt:desc'],
    });
    expect(wire()).toEqual([
      `POST /v1/search/assets?projectId=proj_1 ${search}`,
      'POST /v1/assets/get-bulk?projectId=proj_1 {"assetIds":["asset_b","asset_a"]}',
    ]);
  });

  test('holds no part of a filter that is empty', async () => {
    const { query, upstream } = await openFrontDoor(finding([]));
    await pick(query, { filter: { text: 'x', kinds: [] }, first: 1 });
    await pick(query, { filter: { tags: ['x'], text: ' ' }, first: 1 });
    expect(upstream.requests.map(({ body }) => Object.keys(JSON.parse(body)))).toEqual([
      ['limit', 'offset', 'query', 'sortBy'],
      ['filter', 'limit', 'offset', 'sortBy'],
    ]);
  });

  test('is a value, whatever a tag or a text says', async () => {
    const { query, upstream } = await openFrontDoor(finding([]));
    const hostile = [
      '"',
      '\\',
      '\\"',
      '\\\\" OR kind = "image',
      '" OR kind != "',
      "' OR 1 = 1 --",
      'a) OR (kind = "image"',
      'x AND NOT y',
      'IS EMPTY',
      '[a, b]',
      '🙂\u202e𝒳é',
      '${x}{{y}}%22',
    ];
    const anyText = fc.string({ unit: fc.constantFrom(...SIGNS), minLength: 1, maxLength: 12 });
    const values = new Set([...hostile, ...fc.sample(anyText, { numRuns: 200, seed: 7 })]);
    const tags = [...values].filter(isOneLine).slice(0, 50);
    expect(tags).toHaveLength(50);
    await pick(query, { filter: { tags }, first: 1 });
    expect(parseFilter(String(sentTo(upstream)['filter']), FIELDS)).toEqual({
      kind: 'or',
      parts: [
        {
          kind: 'and',
          parts: tags.toSorted().map((value) => ({ kind: 'compare', field: 'tags', sign: '=', value })),
        },
      ],
    });
    await pick(query, { filter: { text: hostile.join('\n') }, first: 1 });
    expect(sentTo(upstream)['query']).toBe(hostile.join(' '));
  });
});

function isOneLine(text: string): boolean {
  return text.trim() !== '' && !/\p{Cc}/u.test(text) && text.isWellFormed();
}

function sentTo({ requests }: ScriptedUpstream): Record<string, unknown> {
  return JSON.parse(requests.at(-1)?.body ?? '');
}

describe('a search is a read', () => {
  test('that is repeated when it fails', async () => {
    let failures = 0;
    const { query, upstream } = await openFrontDoor(
      finding(['asset_1'], (request) => (isSearch(request) && (failures += 1) <= 2 ? json({}, 503) : null)),
    );
    expect((await pick(query, { filter: { text: 'x' } })).ids).toEqual(['asset_1']);
    expect(upstream.requests).toHaveLength(4);
  });

  test('that many who ask the same at the same time share', async () => {
    const { query, upstream } = await openFrontDoor(finding(idsUpTo(3)));
    const filters = [{ tags: ['a', 'b'] }, { tags: ['b', 'a', 'b'], text: '' }];
    const picked = await Promise.all(filters.map((filter) => pick(query, { filter, first: 100 })));
    expect(picked.map(({ ids }) => ids)).toEqual([idsUpTo(3), idsUpTo(3)]);
    expect(upstream.requests).toHaveLength(2);
  });

  test('that ends with the client who waits for it', async () => {
    const { query, upstream } = await openFrontDoor(() => hang);
    const leave = new AbortController();
    const asked = query(PICK, { filter: { text: 'x' } }, { signal: leave.signal }).catch(() => null);
    await eventually('the search is out', () => upstream.requests.length === 1);
    leave.abort();
    expect(await asked).toBeNull();
    await eventually('it is closed', () => upstream.sockets.size === 0);
  });

  test('that memory answers, until a write', async () => {
    const { query, upstream } = await openFrontDoor(
      finding(['asset_1'], ({ method }) => (method === 'DELETE' ? json({}) : null)),
      { CACHE_TTL_MS: '60000' },
    );
    const filter = { text: 'x' };
    for (const calls of [2, 2]) {
      await pick(query, { filter });
      expect(upstream.requests).toHaveLength(calls);
    }
    await query('mutation { deleteCollection(input: { id: "col_1" }) { __typename } }');
    await pick(query, { filter });
    expect(upstream.requests).toHaveLength(5);
  });
});
