import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/http/call.ts';
import { getAssets, listAssets, searchAssets } from '../../src/scenario/assets/asset-calls.ts';
import type { AssetFilter } from '../../src/scenario/assets/asset-filter.ts';
import {
  createCollection,
  deleteCollection,
  editCollectionMembers,
  listCollections,
  retrieveCollection,
  updateCollection,
} from '../../src/scenario/collections/collection-calls.ts';
import { getModels, listModels, retrieveModel } from '../../src/scenario/models/model-calls.ts';
import { parseId } from '../../src/scenario/parse-input.ts';

const COL = parseId('Collection', 'col_1', []);
const ASSET = parseId('Asset', 'asset_1', []);
const MODEL = parseId('Model', 'model_1', []);
const NEWEST = { sortBy: 'createdAt', sortDirection: 'desc' } as const;
const NO_FILTER: AssetFilter = {
  text: '',
  kinds: { anyOf: [], orNoneOf: [] },
  tags: [],
  inCollection: null,
  notInCollection: null,
};

const search = (filter: Partial<AssetFilter>) =>
  searchAssets({ filter: { ...NO_FILTER, ...filter }, order: NEWEST }, 20, 10);

const sent = ({ endpoint, method, path, body }: Call) => [endpoint, method, path, body];

describe('a read', () => {
  test.each<[call: Call, ...sent: ReturnType<typeof sent>]>([
    [listCollections(null, 10), 'collections.list', 'GET', '/collections?pageSize=10', undefined],
    [
      listCollections('t+/=', 10),
      'collections.list',
      'GET',
      '/collections?pageSize=10&paginationToken=t%2B%2F%3D',
      undefined,
    ],
    [retrieveCollection(COL), 'collections.retrieve', 'GET', '/collections/col_1', undefined],
    [
      listAssets({ collectionId: COL, order: NEWEST }, 't', 5),
      'assets.list',
      'GET',
      '/assets?collectionId=col_1&sortBy=createdAt&sortDirection=desc&pageSize=5&paginationToken=t',
      undefined,
    ],
    [
      listAssets({ collectionId: null, order: { sortBy: 'updatedAt', sortDirection: 'asc' } }, null, 5),
      'assets.list',
      'GET',
      '/assets?sortBy=updatedAt&sortDirection=asc&pageSize=5',
      undefined,
    ],
    [getAssets([ASSET]), 'assets.bulk', 'POST', '/assets/get-bulk', '{"assetIds":["asset_1"]}'],
    [
      search({}),
      'assets.search',
      'POST',
      '/search/assets',
      '{"limit":10,"offset":20,"sortBy":["createdAt:desc"]}',
    ],
    [
      listModels(COL, 'private', null, 5),
      'models.list',
      'GET',
      '/models?collectionId=col_1&privacy=private&sortBy=createdAt&sortDirection=desc&pageSize=5',
      undefined,
    ],
    [
      listModels(COL, 'public', 't', 5),
      'models.list',
      'GET',
      '/models?collectionIds=col_1&privacy=public&sortBy=createdAt&sortDirection=desc&pageSize=5&paginationToken=t',
      undefined,
    ],
    [retrieveModel(MODEL), 'models.retrieve', 'GET', '/models/model_1', undefined],
    [
      getModels([MODEL]),
      'models.bulk',
      'POST',
      '/models/get-bulk',
      '{"modelIds":["model_1"],"thumbnail":true}',
    ],
  ])('goes out to the reference’s letter, and may be repeated: %j', (call, ...expected) => {
    expect(sent(call)).toEqual(expected);
    expect(call).toMatchObject({ effect: 'read', repeatable: true, answer: 'json' });
  });
});

describe('a write', () => {
  const edit = (kind: 'assets' | 'models', which: 'add' | 'remove') =>
    editCollectionMembers(which, kind, COL, ['x_1']);

  test.each<[call: Call, isRepeatable: boolean, ...sent: ReturnType<typeof sent>]>([
    [createCollection('n'), false, 'collections.create', 'POST', '/collections', '{"name":"n"}'],
    [
      updateCollection(COL, { name: 'n', thumbnail: null }),
      true,
      'collections.update',
      'PUT',
      '/collections/col_1',
      '{"name":"n","thumbnail":null}',
    ],
    [deleteCollection(COL), true, 'collections.delete', 'DELETE', '/collections/col_1', undefined],
    [
      edit('assets', 'add'),
      true,
      'collections.assets.add',
      'PUT',
      '/collections/col_1/assets',
      '{"assetIds":["x_1"]}',
    ],
    [
      edit('models', 'remove'),
      true,
      'collections.models.remove',
      'DELETE',
      '/collections/col_1/models',
      '{"modelIds":["x_1"]}',
    ],
  ])('goes out to the reference’s letter: %j', (call, repeatable, ...expected) => {
    expect(sent(call)).toEqual(expected);
    expect(call).toMatchObject({ effect: 'write', repeatable });
    expect(call.answer).toBe(call.method === 'DELETE' && call.body === undefined ? 'ignored' : 'json');
  });
});

describe('an answer that was meant for another call is told apart', () => {
  const own = { collection: { id: 'col_1' } };
  const other = { collection: { id: 'col_2' } };
  const notTheOne = '/collection/id must be the one that was asked for';

  test.each<[call: Call, body: unknown, mismatch: string | null]>([
    [listCollections(null, 1), { collections: [] }, null],
    [listCollections(null, 1), own, '/collections must be an array'],
    [listCollections(null, 1), null, '/collections must be an array'],
    [retrieveCollection(COL), own, null],
    [retrieveCollection(COL), other, notTheOne],
    [retrieveCollection(COL), { collection: null }, '/collection must be an object'],
    [retrieveCollection(COL), { collections: [] }, '/collection must be an object'],
    [createCollection('n'), other, null],
    [createCollection('n'), {}, '/collection must be an object'],
    [updateCollection(COL, {}), own, null],
    [updateCollection(COL, {}), other, notTheOne],
    [editCollectionMembers('add', 'assets', COL, []), own, null],
    [editCollectionMembers('add', 'assets', COL, []), other, notTheOne],
    [deleteCollection(COL), undefined, null],
    [deleteCollection(COL), [], null],
    [deleteCollection(COL), own, null],
    [deleteCollection(COL), { collection: { id: '/' } }, null],
    [deleteCollection(COL), other, notTheOne],
    [deleteCollection(COL), { collections: [] }, '/collections must be absent'],
    [getAssets([ASSET]), { assets: [] }, null],
    [getAssets([ASSET]), { assets: [{ id: 'asset_1' }, {}, null] }, null],
    [
      getAssets([ASSET]),
      { assets: [{ id: 'asset_1' }, { id: 'asset_2' }] },
      '/assets must hold only what was asked for',
    ],
    [getAssets([ASSET]), { models: [] }, '/assets must be an array'],
    [getModels([MODEL]), { models: [{ id: 'model_1' }] }, null],
    [getModels([MODEL]), { models: [{ id: 'model_2' }] }, '/models must hold only what was asked for'],
    [search({}), { hits: [] }, null],
    [search({}), { assets: [] }, '/hits must be an array'],
  ])('%j answered with %j', (call, body, mismatch) => {
    expect(call.findMismatch?.(body)).toBe(mismatch);
  });
});

const kinds = (anyOf: readonly string[], orNoneOf: readonly string[] = []) => ({
  kinds: { anyOf, orNoneOf },
});

describe('a search', () => {
  test.each<[filter: Partial<AssetFilter>, conditions: string]>([
    [kinds(['image']), 'kind = "image"'],
    [kinds(['image', '3d']), '(kind = "image" OR kind = "3d")'],
    [kinds([], ['image', '3d']), '(kind != "image" AND kind != "3d")'],
    [kinds(['image'], ['image', '3d']), '(kind = "image" OR (kind != "image" AND kind != "3d"))'],
    [{ tags: ['a', 'b'] }, 'tags = "a" AND tags = "b"'],
    [{ tags: ['say "a\\b"'] }, String.raw`tags = "say \"a\\b\""`],
    [
      { inCollection: COL, notInCollection: parseId('Collection', 'col_2', []) },
      'collectionIds = "col_1" AND collectionIds != "col_2"',
    ],
  ])('by %j asks for what holds all of it', (filter, conditions) => {
    expect(JSON.parse(search(filter).body ?? '')).toEqual({
      filter: conditions,
      limit: 10,
      offset: 20,
      sortBy: ['createdAt:desc'],
    });
  });

  test('by words asks for these alone', () => {
    expect(JSON.parse(search({ text: 'red dragon' }).body ?? '')).toEqual({
      limit: 10,
      offset: 20,
      query: 'red dragon',
      sortBy: ['createdAt:desc'],
    });
  });
});
