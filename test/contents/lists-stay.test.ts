import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { openFrontDoor } from '../support/front-door.ts';
import { type Answer, json, type Reply, reset } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

const ROOT = {
  document: `query ($after: String) { list: collections(first: 2, after: $after) {
    nodes { scenarioId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
  path: ['list'],
};
const NESTED = {
  document: `query ($after: String) { collection(id: "col_1") { name list: assets(first: 2, after: $after) {
    nodes { scenarioId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
  path: ['collection', 'list'],
};

const asset = (id: string) => ({
  id,
  kind: 'image',
  status: 'success',
  privacy: 'private',
  source: 'uploaded',
  collectionIds: ['col_1'],
  createdAt: '2024-02-03T11:19:41.579Z',
  updatedAt: '2024-02-03T11:19:41.579Z',
});

/** An upstream whose lists fail as asked: on the first page, or on every later one. */
function listsThat(fail: () => Reply | null): Answer {
  return ({ path, query }) => {
    if (/\/collections\/./.test(path)) return json({ collection: wireCollection() });
    const isLater = query.get('paginationToken') !== null;
    const failure = fail();
    if (failure) return failure;
    const [a, b] = isLater ? ['3', '4'] : ['1', '2'];
    const nextPaginationToken = isLater ? null : 'more';
    return path === '/v1/assets'
      ? json({ assets: [asset(`asset_${a}`), asset(`asset_${b}`)], nextPaginationToken })
      : json({
          collections: [wireCollection({ id: `col_${a}` }), wireCollection({ id: `col_${b}` })],
          nextPaginationToken,
        });
  };
}

const PASSING: ReadonlyArray<[form: string, reply: Reply, code: string]> = [
  ['500', json({}, 500), 'UPSTREAM_UNAVAILABLE'],
  ['a reset', reset, 'UPSTREAM_UNAVAILABLE'],
  ['429', json({}, 429), 'RATE_LIMITED'],
  ['another shape', json({ surprise: true }), 'UPSTREAM_BAD_RESPONSE'],
];

describe.each([
  ['the root list', ROOT],
  ['a nested list', NESTED],
])('%s', (_list, { document, path }) => {
  test.each(PASSING)(
    'stays where it was when the next page comes to %s, and goes on later',
    async (_form, reply, code) => {
      let failure: Reply | null = null;
      const { query } = await openFrontDoor(listsThat(() => failure));
      const first = await query(document);
      const after = dig(first.body.data, ...path, 'pageInfo', 'endCursor');
      failure = reply;
      const { body } = await query(document, { after });
      expect(dig(body.data, ...path)).toEqual({
        nodes: [],
        pageInfo: { hasNextPage: true, hasPreviousPage: true, startCursor: null, endCursor: after },
      });
      expect(body.errors).toMatchObject([{ path, extensions: { code } }]);
      failure = null;
      const next = await query(document, { after });
      expect(next.body.errors).toBeUndefined();
      expect(dig(next.body.data, ...path, 'nodes')).toHaveLength(2);
    },
  );

  test.each([
    [
      'a token that is not taken any more',
      json({ reason: 'Invalid token' }, 400),
      'BAD_USER_INPUT',
      'no longer valid',
    ],
    ['refused credentials', json({}, 401), 'UPSTREAM_REJECTED', 'refused'],
  ])('is not shown as empty for %s', async (_form, reply, code, words) => {
    let failure: Reply | null = null;
    const { query } = await openFrontDoor(listsThat(() => failure));
    const first = await query(document);
    failure = reply;
    const { body } = await query(document, { after: dig(first.body.data, ...path, 'pageInfo', 'endCursor') });
    expect(dig(body.data, ...path) ?? null).toBeNull();
    expect(body.errors).toMatchObject([{ extensions: { code }, message: expect.stringContaining(words) }]);
  });
});

test('a first page that fails leaves no data at the root, and null below it', async () => {
  const { query } = await openFrontDoor(listsThat(() => json({}, 500)));
  expect((await query(ROOT.document)).body.data).toBeNull();
  const nested = await query(NESTED.document);
  expect(nested.body.data).toEqual({ collection: { name: wireCollection()['name'], list: null } });
});
