import { describe, expect, test } from 'vitest';
import { assetCodec } from '../../src/scenario/assets/asset-codec.ts';
import { foundKind } from '../../src/scenario/assets/search-codec.ts';
import { collectionCodec } from '../../src/scenario/collections/collection-codec.ts';
import { modelCodec } from '../../src/scenario/models/model-codec.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { wireAsset, wireModel } from '../support/wire-members.ts';
import { malformed, read, stored } from './read-answer.ts';

// Names on the wire, and what they are called here.
const RENAMED = new Map([
  ['duration', 'durationSeconds'],
  ['size', 'sizeBytes'],
]);

const THUMBNAIL = { assetId: 'asset_t', url: 'https://cdn.example.com/t.jpg' };

describe('an asset', () => {
  const wire = wireAsset({
    collectionIds: ['col_1'],
    description: 'a dragon',
    tags: ['hero'],
    nsfw: ['blood'],
    thumbnail: THUMBNAIL,
    metadata: { name: 'Dragon', prompt: 'a red dragon', width: 1, height: 2, size: 3 },
    properties: { width: 512, height: 256, duration: 1.5, size: 1_024 },
  });
  const asset = {
    typename: 'Asset',
    id: 'asset_1',
    name: 'Dragon',
    kind: 'image',
    status: 'success',
    privacy: 'private',
    source: 'txt2img',
    mimeType: 'image/png',
    url: wire['url'],
    thumbnail: THUMBNAIL,
    width: 512,
    height: 256,
    durationSeconds: 1.5,
    sizeBytes: 1_024,
    prompt: 'a red dragon',
    description: 'a dragon',
    tags: ['hero'],
    nsfw: ['blood'],
    createdAt: wire['createdAt'],
    updatedAt: wire['updatedAt'],
    collectionIds: ['col_1'],
  };

  test('is read with all that it says, and stored whole', () => {
    expect(read(assetCodec.one, { asset: wire })).toEqual(asset);
    expect(stored(assetCodec.one, asset)).toEqual(asset);
  });

  test('has null for what it does not say, also once it was stored', () => {
    const bare = wireAsset({ metadata: undefined, properties: undefined, url: '', mimeType: null });
    const decoded = read(assetCodec.one, { asset: { ...bare, tags: undefined } });
    const nothing = { name: null, url: null, mimeType: null, thumbnail: null, description: null };
    const unmeasured = { width: null, height: null, durationSeconds: null, sizeBytes: null, prompt: null };
    expect(decoded).toMatchObject({ ...nothing, ...unmeasured, tags: [], nsfw: [] });
    expect(stored(assetCodec.one, decoded)).toEqual(decoded);
  });

  test('has its measures in either of two places', () => {
    const metadata = { width: 1, height: 2, size: 3 };
    expect(read(assetCodec.one, { asset: wireAsset({ metadata, properties: {} }) })).toMatchObject({
      width: 1,
      height: 2,
      sizeBytes: 3,
    });
    const properties = { width: 'wide', height: 256, size: null };
    expect(read(assetCodec.one, { asset: wireAsset({ metadata, properties }) })).toMatchObject({
      width: 1,
      height: 256,
      sizeBytes: 3,
    });
  });

  test.each([
    ['a number where a text should be', { mimeType: 7, description: [], url: 7 }],
    ['no address of a file', { url: 'ftp://x.example' }],
    ['a text where a number should be', { properties: { width: '7', height: {}, duration: '1', size: [] } }],
    ['no number that ends', { properties: JSON.parse('{"duration":1e999,"size":-1e999}') }],
    ['no number of pixels', { properties: { width: 1.5, height: 2 ** 31 } }],
    ['no thumbnail', { thumbnail: THUMBNAIL.url }],
  ])('that has %s is without that alone', (_what, fields) => {
    const decoded = read(assetCodec.one, { asset: wireAsset(fields) });
    const names = Object.keys('properties' in fields ? fields.properties : fields);
    for (const name of names.map((each) => RENAMED.get(each) ?? each))
      expect(decoded).toHaveProperty(name, undefined);
    expect(decoded).toMatchObject({ id: 'asset_1', kind: 'image' });
  });

  test.each(['id', 'kind', 'createdAt', 'collectionIds'])('stored without its %s is read again', (field) => {
    expect(stored(assetCodec.one, { ...asset, [field]: undefined })).toBeNull();
  });

  test.each([
    ['of another type', { typename: 'Model' }],
    ['with a value of another kind', { width: '512' }],
    ['with a thumbnail of another kind', { thumbnail: { assetId: 'asset_t' } }],
    ['with what nobody knows', { nested: {} }],
  ])('stored %s is read again', (_what, fields) => {
    expect(stored(assetCodec.one, { ...asset, ...fields })).toBeNull();
  });
});

describe('a model', () => {
  const wire = wireModel({
    name: 'Ink',
    shortDescription: 'lines',
    thumbnail: THUMBNAIL,
    tags: ['ink'],
    capabilities: ['txt2img'],
    exampleAssetIds: ['asset_e'],
    collectionIds: ['col_1'],
  });
  const { custom, ...rest } = wire;
  const model = { ...rest, typename: 'Model', isCustom: custom };

  test('is read with all that it says, and stored whole', () => {
    expect(read(modelCodec.one, { model: wire })).toEqual(model);
    expect(stored(modelCodec.one, model)).toEqual(model);
  });

  test('has null for what it does not say, also once it was stored', () => {
    const decoded = read(modelCodec.one, { model: wireModel({ tags: null, capabilities: undefined }) });
    const nothing = { name: null, shortDescription: null, thumbnail: null };
    expect(decoded).toMatchObject({ ...nothing, tags: [], capabilities: [] });
    expect(stored(modelCodec.one, decoded)).toEqual(decoded);
  });

  test.each([
    ['of another type', { typename: 'Asset' }],
    ['without its type', { type: undefined }],
    ['with tags of another kind', { tags: [1] }],
    ['with what nobody knows', { nested: {} }],
  ])('stored %s is read again', (_what, fields) => {
    expect(stored(modelCodec.one, { ...model, ...fields })).toBeNull();
  });
});

describe('a collection', () => {
  const { one } = collectionCodec;
  const collection = { typename: 'Collection', ...wireCollection() };

  test('is read with all that it says, and stored whole', () => {
    expect(read(one, { collection: wireCollection({ added: 'later' }) })).toEqual(collection);
    expect(stored(one, collection)).toEqual(collection);
  });

  test.each([
    ['nothing', null, ' is wrong'],
    ['a text', 'collection', ' is wrong'],
    ['another object', { asset: {} }, '/collection must be object'],
    ['no id', { collection: wireCollection({ id: '..' }) }, '/collection/id must be a collection id'],
    [
      'no date',
      { collection: wireCollection({ createdAt: '1.2.2024' }) },
      '/collection/createdAt must be an RFC 3339 date',
    ],
    [
      'no count',
      { collection: wireCollection({ itemCount: 2 ** 31 }) },
      '/collection/itemCount must be a 32-bit integer',
    ],
  ])('is not to be found in %s, and the log says where', (_what, body, issue) => {
    expect(one.decode(body)).toEqual(malformed(issue));
  });

  test('is kept under the path that names it alone', () => {
    const value = read(one, { collection: wireCollection({ id: 'col_2' }) });
    if (!('typename' in value)) throw new Error('It cannot be read.');
    expect(one.isFrom('/collections/col_2', value)).toBe(true);
    expect(one.isFrom('/collections/col_2?projectId=p', value)).toBe(true);
    expect(one.isFrom('/collections/other_col_2', value)).toBe(false);
    expect(one.isFrom('/collections/col_2/assets', value)).toBe(false);
    expect(one.isFrom('/collections/col_1?x=/col_2', value)).toBe(false);
  });

  test('is whole unless something of it cannot be shown', () => {
    for (const thumbnail of [THUMBNAIL, null, 7, { assetId: '', url: THUMBNAIL.url }]) {
      const value = read(one, { collection: wireCollection({ thumbnail }) });
      expect('typename' in value && one.isWhole(value)).toBe(thumbnail === THUMBNAIL || thumbnail === null);
    }
  });
});

test('what is stored of one resource is never read as another, nor as what a search found', () => {
  const shapes = [collectionCodec.one, assetCodec.one, modelCodec.one, foundKind].map(({ shape }) => shape);
  expect(new Set(shapes).size).toBe(4);
  for (const { one, page, bulk } of [collectionCodec, assetCodec, modelCodec])
    expect([page.shape, bulk.shape]).toEqual([one.shape, one.shape]);
  for (const shape of shapes) expect(shape).toMatch(/^[\w-]{12}$/);
});
