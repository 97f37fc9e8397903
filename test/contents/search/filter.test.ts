import { describe, expect, test } from 'vitest';
import { dig } from '../../support/dig.ts';
import { codesOf } from '../../support/front-door.ts';
import { openSandboxedGateway } from '../../support/sandboxed-gateway.ts';
import { PICK, pick } from './pick.ts';

const isKnown = (node: unknown) => dig(node, 'kind') !== 'OTHER';

const textsOf = (node: unknown, ...names: readonly string[]) =>
  names.map((name) => JSON.stringify(dig(node, name))).join(' ');

describe('a filter', () => {
  const holds: ReadonlyArray<[what: string, filter: object, isMatch: (node: unknown) => boolean]> = [
    [
      'words',
      { text: ' Dragon  EMERALD' },
      (node) => /emerald dragon/i.test(textsOf(node, 'name', 'prompt', 'description', 'tags')),
    ],
    ['one kind', { kinds: ['AUDIO'] }, (node) => dig(node, 'kind') === 'AUDIO'],
    [
      'several kinds',
      { kinds: ['VIDEO', 'MODEL_3D'] },
      (node) => /VIDEO|MODEL_3D/.test(textsOf(node, 'kind')),
    ],
    ['a tag', { tags: ['hero'] }, (node) => textsOf(node, 'tags').includes('"hero"')],
    [
      'each of two tags',
      { tags: ['hero', 'character'] },
      (node) => /"hero"/.test(textsOf(node, 'tags')) && /"character"/.test(textsOf(node, 'tags')),
    ],
    [
      'all at once',
      { text: 'potion', kinds: ['IMAGE'], tags: ['item'] },
      (node) =>
        dig(node, 'kind') === 'IMAGE' &&
        textsOf(node, 'tags').includes('"item"') &&
        /potion/i.test(textsOf(node, 'name', 'prompt', 'tags')),
    ],
  ];

  test('gives all that it holds for, whole, and nothing else', async () => {
    const { query } = await openSandboxedGateway({ seedCount: 1, seedAssets: 2 });
    const all = await pick(query, { first: 500 });
    for (const [what, filter, isMatch] of holds) {
      const expected = all.nodes.filter(isMatch);
      expect([what, expected.length]).not.toEqual([what, 0]);
      const { nodes, codes, hasNextPage } = await pick(query, { filter, first: 500 });
      expect([what, nodes, codes, hasNextPage]).toEqual([what, expected, [], false]);
    }
  });

  test('takes either id of a collection, and gives what is in it or what is not', async () => {
    const { query } = await openSandboxedGateway({ seedCount: 2, seedAssets: 7 });
    const { body } = await query('{ collections(first: 1) { nodes { id scenarioId } } }');
    const own = await pick(query, { first: 500 });
    for (const name of ['id', 'scenarioId']) {
      const id = String(dig(body.data, 'collections', 'nodes', 0, name));
      const inside = await pick(query, { filter: { inCollection: id } });
      const outside = await pick(query, { filter: { notInCollection: id }, first: 500 });
      expect(inside.ids).toHaveLength(7);
      expect(new Set([...inside.ids, ...outside.ids])).toEqual(new Set(own.ids));
      expect(outside.ids).toHaveLength(own.ids.length - 7);
    }
  });

  test('of kinds that nobody knows gives what the Scenario API has added since', async () => {
    const { query } = await openSandboxedGateway({
      seedCount: 1,
      seedAssets: 2,
      faults: { answers: { undocumentedValues: true } },
    });
    const all = await pick(query, { first: 500 });
    const other = await pick(query, { filter: { kinds: ['OTHER'] } });
    expect(other.nodes).toEqual(all.nodes.filter((node) => !isKnown(node)));
    expect(other.nodes.length).toBeGreaterThan(0);
    const both = await pick(query, { filter: { kinds: ['OTHER', 'AUDIO'] } });
    expect(both.nodes).toEqual(all.nodes.filter((node) => !isKnown(node) || dig(node, 'kind') === 'AUDIO'));
  });

  test('that is empty is none', async () => {
    const { query, calls } = await openSandboxedGateway({ seedCount: 1 });
    const plain = await pick(query, { first: 3 });
    await calls();
    const filters = [{}, { text: null }, { text: ' \n' }, { kinds: [], tags: [] }, null];
    for (const filter of filters) expect((await pick(query, { first: 3, filter })).ids).toEqual(plain.ids);
    expect(await calls()).toEqual({ 'assets.list': filters.length });
  });
});

describe('refused without a call', () => {
  const long = 'x'.repeat(10_000);
  const bad: ReadonlyArray<[filter: object, words: string]> = [
    [{ text: long }, 'at most 1000 characters, but has 10000'],
    [{ text: 'a\u0000b' }, 'control characters'],
    [{ text: 'a\ud800b' }, 'well-formed Unicode'],
    [{ tags: [''] }, 'must not be blank'],
    [{ tags: ['ok', 'a\nb'] }, 'control characters'],
    [{ tags: ['\udc00'] }, 'well-formed Unicode'],
    [{ tags: [long] }, 'at most 200 characters'],
    [{ tags: Array.from({ length: 51 }, String) }, 'At most 50 tags'],
    [{ inCollection: '' }, 'is not a valid collection id'],
    [{ notInCollection: '..' }, 'is not a valid collection id'],
    [{ inCollection: 'col_1" OR kind = "image' }, 'is not a valid collection id'],
  ];

  test('what is no text, no tag and no id', async () => {
    const { query, calls } = await openSandboxedGateway({ seedCount: 1 });
    await calls();
    for (const [filter, words] of bad) {
      const answer = await query(PICK, { filter });
      expect([codesOf(answer), answer.body.errors?.[0]?.message]).toEqual([
        ['BAD_USER_INPUT'],
        expect.stringContaining(words),
      ]);
    }
    expect(await calls()).toEqual({});
  });

  test('a cursor of another filter, of another order, and of the list without a filter', async () => {
    const { query, calls } = await openSandboxedGateway({ seedCount: 1 });
    const filter = { kinds: ['IMAGE', 'VIDEO'], tags: ['item'] };
    const { endCursor: after } = await pick(query, { filter, first: 3 });
    const plain = await pick(query, { first: 3 });
    const same = { kinds: ['VIDEO', 'IMAGE', 'IMAGE'], tags: ['item', 'item'], text: ' ' };
    expect((await pick(query, { filter: same, first: 3, after })).codes).toEqual([]);
    await calls();
    for (const wanted of [
      { filter: { ...filter, tags: ['prop'] }, after },
      { filter: { ...filter, text: 'x' }, after },
      { filter, after, orderBy: { field: 'CREATED_AT', direction: 'ASC' } },
      { after },
      { filter, after: plain.endCursor },
    ])
      expect((await pick(query, wanted)).codes).toEqual(['BAD_USER_INPUT']);
    expect(await calls()).toEqual({});
  });
});
