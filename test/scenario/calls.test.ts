import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/http/call.ts';
import { getAssets, listAssets, retrieveAsset, searchAssets } from '../../src/scenario/assets/asset-calls.ts';
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

const edit = (kind: 'assets' | 'models', which: 'add' | 'remove') =>
  editCollectionMembers(which, kind, COL, ['x_1']);
const oldest = { sortBy: 'updatedAt', sortDirection: 'asc' } as const;

type Sent = [path: string, body?: string];

describe('a read goes out to the reference’s letter, and may be repeated:', () => {
  test.each<[endpoint: string, method: Call['method'], write: () => Call, ...sent: Sent]>([
    ['collections.list', 'GET', () => listCollections(null, 10), '/collections?pageSize=10'],
    [
      'collections.list',
      'GET',
      () => listCollections('t+/=', 10),
      '/collections?pageSize=10&paginationToken=t%2B%2F%3D',
    ],
    ['collections.retrieve', 'GET', () => retrieveCollection(COL), '/collections/col_1'],
    [
      'assets.list',
      'GET',
      () => listAssets({ collectionId: COL, order: NEWEST }, 't', 5),
      '/assets?collectionId=col_1&sortBy=createdAt&sortDirection=desc&pageSize=5&paginationToken=t',
    ],
    [
      'assets.list',
      'GET',
      () => listAssets({ collectionId: null, order: oldest }, null, 5),
      '/assets?sortBy=updatedAt&sortDirection=asc&pageSize=5',
    ],
    ['assets.bulk', 'POST', () => getAssets([ASSET]), '/assets/get-bulk', '{"assetIds":["asset_1"]}'],
    [
      'assets.search',
      'POST',
      () => search({}),
      '/search/assets',
      '{"limit":10,"offset":20,"sortBy":["createdAt:desc"]}',
    ],
    [
      'models.list',
      'GET',
      () => listModels(COL, 'private', null, 5),
      '/models?collectionId=col_1&privacy=private&sortBy=createdAt&sortDirection=desc&pageSize=5',
    ],
    [
      'models.list',
      'GET',
      () => listModels(COL, 'public', 't', 5),
      '/models?collectionIds=col_1&privacy=public&sortBy=createdAt&sortDirection=desc&pageSize=5&paginationToken=t',
    ],
    ['assets.retrieve', 'GET', () => retrieveAsset(ASSET), '/assets/asset_1'],
    ['models.retrieve', 'GET', () => retrieveModel(MODEL), '/models/model_1'],
    [
      'models.bulk',
      'POST',
      () => getModels([MODEL]),
      '/models/get-bulk',
      '{"modelIds":["model_1"],"thumbnail":true}',
    ],
  ])('%s', (endpoint, method, write, path, body) => {
    expect({ ...write(), findMismatch: undefined }).toEqual({
      endpoint,
      method,
      path,
      body,
      effect: 'read',
      repeatable: true,
      answer: 'json',
    });
  });
});

describe('a write goes out to the reference’s letter:', () => {
  test.each<[endpoint: string, method: Call['method'], write: () => Call, ...sent: Sent]>([
    ['collections.create', 'POST', () => createCollection('n'), '/collections', '{"name":"n"}'],
    [
      'collections.update',
      'PUT',
      () => updateCollection(COL, { name: 'n', thumbnail: null }),
      '/collections/col_1',
      '{"name":"n","thumbnail":null}',
    ],
    ['collections.delete', 'DELETE', () => deleteCollection(COL), '/collections/col_1'],
    [
      'collections.assets.add',
      'PUT',
      () => edit('assets', 'add'),
      '/collections/col_1/assets',
      '{"assetIds":["x_1"]}',
    ],
    [
      'collections.models.remove',
      'DELETE',
      () => edit('models', 'remove'),
      '/collections/col_1/models',
      '{"modelIds":["x_1"]}',
    ],
  ])('%s', (endpoint, method, write, path, body) => {
    expect({ ...write(), findMismatch: undefined }).toEqual({
      endpoint,
      method,
      path,
      body,
      effect: 'write',
      repeatable: endpoint !== 'collections.create',
      answer: endpoint === 'collections.delete' ? 'json-or-nothing' : 'json',
    });
  });
});

describe('an answer that was meant for another call is told apart from one to', () => {
  const own = { collection: { id: 'col_1' } };
  const other = { collection: { id: 'col_2' } };
  const notTheOne = '/collection/id must be the one that was asked for';

  test.each<[call: string, write: () => Call, own: readonly unknown[], ...others: [unknown, string][]]>([
    [
      'a list',
      () => listCollections(null, 1),
      [{ collections: [] }],
      [own, '/collections must be an array'],
      [null, '/collections must be an array'],
    ],
    [
      'a read',
      () => retrieveCollection(COL),
      [own],
      [other, notTheOne],
      [{ collection: null }, '/collection must be an object'],
      [{ collections: [] }, '/collection must be an object'],
    ],
    ['a create', () => createCollection('n'), [other], [{}, '/collection must be an object']],
    ['an update', () => updateCollection(COL, {}), [own], [other, notTheOne]],
    ['an edit of members', () => edit('assets', 'add'), [own], [other, notTheOne]],
    [
      'a deletion',
      () => deleteCollection(COL),
      [undefined, [], own, { collection: { id: '/' } }],
      [other, notTheOne],
      [{ collections: [] }, '/collections must be absent'],
    ],
    [
      'a bulk read of assets',
      () => getAssets([ASSET]),
      [{ assets: [] }, { assets: [{ id: 'asset_1' }, {}, null] }],
      [{ assets: [{ id: 'asset_1' }, { id: 'asset_2' }] }, '/assets must hold only what was asked for'],
      [{ models: [] }, '/assets must be an array'],
    ],
    [
      'a bulk read of models',
      () => getModels([MODEL]),
      [{ models: [{ id: 'model_1' }] }],
      [{ models: [{ id: 'model_2' }] }, '/models must hold only what was asked for'],
    ],
    ['a search', () => search({}), [{ hits: [] }], [{ assets: [] }, '/hits must be an array']],
  ])('%s', (_call, write, owns, ...others) => {
    const { findMismatch } = write();
    for (const body of owns) expect([body, findMismatch?.(body)]).toEqual([body, null]);
    for (const [body, mismatch] of others) expect([body, findMismatch?.(body)]).toEqual([body, mismatch]);
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
