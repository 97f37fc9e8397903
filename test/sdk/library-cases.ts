import { PARTIAL_MODEL } from './whole-service.ts';
import type { WireCase } from './witness.ts';

const ID = 'col_a.B-c_9';
const MODEL = 'model_uthana-text-to-motion-3.0';
const NEWEST_FIRST = { sort_by: 'createdAt', sort_direction: 'desc' };

// Whole, so that a record with no more than the SDK requires is seen to be enough.
const WHOLE_ASSET = `id scenarioId name kind status privacy source mimeType url previewUrl thumbnail { url } width height
  durationSeconds sizeBytes prompt description tags nsfw createdAt updatedAt collectionIds`;
const WHOLE_MODEL = `id scenarioId name shortDescription type status privacy source tags capabilities isCustom
  thumbnail { url } createdAt updatedAt collectionIds`;

const assetIds = Array.from({ length: 200 }, (_, index) => `asset_${index}.b`);
const modelIds = Array.from({ length: 50 }, (_, index) => `model_${index}.b`);

/** Every way of reading assets and models. */
export const LIBRARY_CASES: readonly WireCase[] = [
  ofCollection('the assets of a collection, to their end', 'assets(first: 3) { nodes { id } }', [
    { method: 'assets.list', arguments: { collection_id: ID, page_size: 3, ...NEWEST_FIRST } },
  ]),
  ofCollection(
    'the assets of a collection in an order',
    'assets(first: 3, orderBy: { field: UPDATED_AT, direction: ASC }) { nodes { id } }',
    [
      {
        method: 'assets.list',
        arguments: { collection_id: ID, page_size: 3, sort_by: 'updatedAt', sort_direction: 'asc' },
      },
    ],
  ),
  ofCollection('the models of a collection, private and public ones', 'models(first: 6) { nodes { id } }', [
    {
      method: 'models.list',
      arguments: { collection_id: ID, privacy: 'private', page_size: 6, ...NEWEST_FIRST },
    },
    {
      method: 'models.list',
      arguments: { collection_ids: ID, privacy: 'public', page_size: 6, ...NEWEST_FIRST },
    },
  ]),
  ofCollection(
    'whether 200 assets are in a collection',
    `containsAssets(assetIds: ${JSON.stringify(assetIds)})`,
    [{ method: 'assets.get_bulk', arguments: { asset_ids: assetIds } }],
  ),
  ofCollection(
    'whether 50 models are in a collection',
    `containsModels(modelIds: ${JSON.stringify(modelIds)})`,
    [{ method: 'models.get_bulk', arguments: { model_ids: modelIds, thumbnail: true } }],
  ),
  {
    what: "assets of one's own",
    sdk: [{ method: 'assets.list', arguments: { page_size: 3, ...NEWEST_FIRST } }],
    gateway: { document: '{ assets(first: 3) { nodes { id } } }', variables: {} },
  },
  {
    what: 'assets that a filter finds',
    sdk: [
      {
        method: 'search.asset_search',
        arguments: {
          filter:
            'kind = "image" AND tags = "a \\"b\\"" AND collectionIds = "col_1" AND collectionIds != "col_2"',
          limit: 2,
          offset: 0,
          query: 'two wörds',
          sort_by: ['createdAt:desc'],
        },
      },
      { method: 'assets.get_bulk', arguments: { asset_ids: ['asset_1', 'asset_2'] } },
    ],
    gateway: {
      document: `query ($filter: AssetFilter) { assets(first: 2, filter: $filter) { nodes { ${WHOLE_ASSET} } } }`,
      variables: {
        filter: {
          text: 'two wörds',
          kinds: ['IMAGE'],
          tags: ['a "b"'],
          inCollection: 'col_1',
          notInCollection: 'col_2',
        },
      },
    },
  },
  {
    what: 'one asset',
    sdk: [{ method: 'assets.get_bulk', arguments: { asset_ids: ['asset_1.b'] } }],
    gateway: { document: `{ asset(id: "asset_1.b") { ${WHOLE_ASSET} } }`, variables: {} },
  },
  {
    what: 'one model',
    sdk: [{ method: 'models.get_bulk', arguments: { model_ids: [MODEL], thumbnail: true } }],
    gateway: { document: `{ model(id: "${MODEL}") { ${WHOLE_MODEL} } }`, variables: {} },
  },
  {
    what: 'a model that comes in part with others',
    sdk: [
      { method: 'models.get_bulk', arguments: { model_ids: [PARTIAL_MODEL], thumbnail: true } },
      { method: 'models.retrieve', arguments: { model_id: PARTIAL_MODEL } },
    ],
    gateway: { document: `{ model(id: "${PARTIAL_MODEL}") { id } }`, variables: {} },
  },
];

/** What is read within a collection, behind the collection itself. */
function ofCollection(what: string, selection: string, calls: WireCase['sdk']): WireCase {
  return {
    what,
    sdk: [{ method: 'collections.retrieve', arguments: { collection_id: ID } }, ...calls],
    gateway: { document: `{ collection(id: "${ID}") { ${selection} } }`, variables: {} },
  };
}
