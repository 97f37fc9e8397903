import { PLANNED } from './marked-sandboxes.ts';

const [{ id: FIRST, assets, models } = lacking(), { id: SECOND } = lacking(), ...others] = PLANNED;
const [ASSET = '', OTHER_ASSET = ''] = assets;
const [MODEL = ''] = models;
const DOOMED = others.at(-1)?.id ?? '';
const MOVED = others.at(0)?.assets.at(0) ?? '';
const MOVED_MODEL = others.at(0)?.models.at(0) ?? '';

const COLLECTION = 'id name ownerId itemCount thumbnail { url }';
const PAYLOAD = `__typename ... on Error { code message }`;

const changing = (field: string, input: string, payload: string): string =>
  `mutation { ${field}(input: { ${input} }) { ${PAYLOAD} ... on ${payload} { collection { ${COLLECTION} } } } }`;

/** A document for each way of reading. All ids in them are in every account, and every answer holds the account's mark. */
export const READS: Readonly<Record<string, string>> = {
  'a collection': `{ collection(id: "${FIRST}") { ${COLLECTION} } }`,
  'nodes of every type': `{ nodes(ids: ["${global('Collection', FIRST)}", "${global('Asset', ASSET)}", "${global('Model', MODEL)}"]) {
    ... on Collection { name } ... on Asset { url } ... on Model { modelName: name }
  } }`,
  'a page of collections': `{ collections(first: 3) { edges { cursor } nodes { ${COLLECTION} } } }`,
  'a walk over several pages': `{ collections(first: 150) { nodes { ${COLLECTION} } } }`,
  'collections that are sorted': `{ collections(first: 3, orderBy: { field: NAME, direction: ASC }) { totalCount nodes { ${COLLECTION} } } }`,
  'collections that are filtered': `{ collections(first: 3, filter: { isEmpty: false }) { totalCount nodes { ${COLLECTION} } } }`,
  'a page with the total': `{ collections(first: 2) { totalCount nodes { ${COLLECTION} } } }`,
  'an asset': `{ asset(id: "${ASSET}") { name url ownCollections: collections { name } } }`,
  'a model': `{ model(id: "${MODEL}") { name collections { name } } }`,
  'assets of ones own': '{ assets(first: 4) { nodes { name url } } }',
  'assets that are searched for': `{ assets(first: 4, filter: { inCollection: "${FIRST}" }) { nodes { name url } } }`,
  'assets and models in a collection': `{ collection(id: "${SECOND}") { name
    assets(first: 3) { totalCount nodes { url collections { name } } } models(first: 2) { nodes { name } }
  } }`,
  'what a collection contains': `{ collection(id: "${FIRST}") { name containsAssets(assetIds: ["${ASSET}"]) containsModels(modelIds: ["${MODEL}"]) } }`,
  'the caller beside data': `{ viewer { name account } collection(id: "${FIRST}") { name } }`,
};

/** A document for each way of writing, with equal ids in every account. */
export const WRITES: Readonly<Record<string, string>> = {
  'a create': changing('createCollection', 'name: "Made"', 'CreateCollectionPayload'),
  'a create with a key': changing(
    'createCollection',
    'name: "Made once", idempotencyKey: "same-for-all"',
    'CreateCollectionPayload',
  ),
  'an update': changing('updateCollection', `id: "${FIRST}", name: "Renamed"`, 'UpdateCollectionPayload'),
  'a thumbnail': changing(
    'updateCollection',
    `id: "${FIRST}", thumbnailAssetId: "${OTHER_ASSET}"`,
    'UpdateCollectionPayload',
  ),
  'assets that are added': changing(
    'addAssetsToCollection',
    `id: "${FIRST}", assetIds: ["${MOVED}", "${ASSET}"]`,
    'AddAssetsToCollectionPayload',
  ),
  'assets that are removed': changing(
    'removeAssetsFromCollection',
    `id: "${FIRST}", assetIds: ["${MOVED}"]`,
    'RemoveAssetsFromCollectionPayload',
  ),
  'models that are added': changing(
    'addModelsToCollection',
    `id: "${FIRST}", modelIds: ["${MOVED_MODEL}"]`,
    'AddModelsToCollectionPayload',
  ),
  'models that are removed': changing(
    'removeModelsFromCollection',
    `id: "${FIRST}", modelIds: ["${MOVED_MODEL}"]`,
    'RemoveModelsFromCollectionPayload',
  ),
  'an asset that does not exist': `mutation { addAssetsToCollection(input: { id: "${FIRST}", assetIds: ["asset_none"] }) {
    ${PAYLOAD} ... on PartiallyAppliedError { latestCollection { ${COLLECTION} } failedIds }
  } }`,
};

/** Deletes a collection that every account has, and reads it. */
export const DELETE = `mutation { deleteCollection(input: { id: "${DOOMED}" }) { ${PAYLOAD} } }`;
export const READ_DELETED = `{ collection(id: "${DOOMED}") { name } }`;

function global(typename: string, id: string): string {
  return btoa(`${typename}:${id}`);
}

function lacking(): never {
  throw new Error('the sandbox has too few collections');
}
