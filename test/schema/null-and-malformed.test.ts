import { describe, expect, test } from 'vitest';
import { codesOf, oneCollection, openFrontDoor } from '../support/front-door.ts';
import { json, type Reply, raw, text } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

const READ = '{ collection(id: "col_1") { name thumbnail { assetId url } } }';

describe('no thumbnail', () => {
  test.each([
    ['absent', undefined],
    ['null', null],
  ])('is null without an error when it is %s', async (_what, thumbnail) => {
    const { query } = await openFrontDoor(() => oneCollection({ thumbnail }));
    const { body } = await query(READ);
    expect(body).toEqual({ data: { collection: { name: 'Forest props', thumbnail: null } } });
  });
});

const MALFORMED_THUMBNAILS: ReadonlyArray<[what: string, thumbnail: unknown]> = [
  ['a string', 'https://cdn.example.com/a.png'],
  ['a number', 7],
  ['false', false],
  ['an empty string', ''],
  ['a list', []],
  ['an empty object', {}],
  ['without a url', { assetId: 'a' }],
  ['without an asset', { url: 'https://cdn.example.com/a.png' }],
  ['with null for its url', { assetId: 'a', url: null }],
  ['with an empty url', { assetId: 'a', url: '' }],
  ['with a path for its url', { assetId: 'a', url: '/a.png' }],
  ['with a script for its url', { assetId: 'a', url: 'javascript:alert(1)' }],
  ['with data for its url', { assetId: 'a', url: 'data:image/png;base64,AA==' }],
  ['with a file for its url', { assetId: 'a', url: 'file:///etc/passwd' }],
  ['with a url that has no host', { assetId: 'a', url: 'https://' }],
];

describe.each(MALFORMED_THUMBNAILS)('a thumbnail that is %s', (_what, thumbnail) => {
  test('is null with one coded entry at its path, and the rest is given', async () => {
    const { query, upstream } = await openFrontDoor(() => oneCollection({ thumbnail }));
    const { status, body } = await query(READ);
    expect(status).toBe(200);
    expect(body.data).toEqual({ collection: { name: 'Forest props', thumbnail: null } });
    expect(body.errors).toMatchObject([
      { path: ['collection', 'thumbnail'], extensions: { code: 'UPSTREAM_BAD_RESPONSE' } },
    ]);
    expect(body.errors).toHaveLength(1);
    expect(upstream.requests).toHaveLength(1);
  });

  test('costs its place in a list nothing else', async () => {
    const rows = [wireCollection(), wireCollection({ id: 'col_2', thumbnail })];
    const { query } = await openFrontDoor(() => json({ collections: rows }));
    const { body } = await query('{ collections { nodes { thumbnail { assetId } } } }');
    expect(body.data).toEqual({
      collections: { nodes: [{ thumbnail: { assetId: 'asset_1' } }, { thumbnail: null }] },
    });
    expect(body.errors).toMatchObject([
      {
        path: ['collections', 'nodes', 1, 'thumbnail'],
        extensions: { code: 'UPSTREAM_BAD_RESPONSE' },
      },
    ]);
  });

  test('costs a write nothing', async () => {
    const { query } = await openFrontDoor(() => oneCollection({ thumbnail }));
    const { body } = await query(`mutation { createCollection(input: { name: "x" }) {
      ... on CreateCollectionPayload { collection { name thumbnail { url } } } } }`);
    expect(body.data).toEqual({
      createCollection: { collection: { name: 'Forest props', thumbnail: null } },
    });
    expect(body.errors).toMatchObject([
      {
        path: ['createCollection', 'collection', 'thumbnail'],
        extensions: { code: 'UPSTREAM_BAD_RESPONSE' },
      },
    ]);
  });

  test('is no trouble to who does not ask for it', async () => {
    const { query } = await openFrontDoor(() => oneCollection({ thumbnail }));
    expect((await query('{ collection(id: "col_1") { name } }')).body).toEqual({
      data: { collection: { name: 'Forest props' } },
    });
  });
});

const MALFORMED_FIELDS: ReadonlyArray<[what: string, fields: Record<string, unknown>]> = [
  ...['assetCount', 'modelCount', 'itemCount'].flatMap(
    (field): Array<[string, Record<string, unknown>]> => [
      [`${field} 1.5`, { [field]: 1.5 }],
      [`${field} "3"`, { [field]: '3' }],
      [`${field} null`, { [field]: null }],
      [`no ${field}`, { [field]: undefined }],
      [`${field} 2^31`, { [field]: 2 ** 31 }],
      [`${field} -2^31-1`, { [field]: -(2 ** 31) - 1 }],
      [`${field} 1e300`, { [field]: 1e300 }],
      [`${field} true`, { [field]: true }],
    ],
  ),
  ...['createdAt', 'updatedAt'].flatMap(
    (field): Array<[string, Record<string, unknown>]> => [
      [`no ${field}`, { [field]: undefined }],
      [`${field} as a number`, { [field]: 1_675_423_179_579 }],
      [`${field} empty`, { [field]: '' }],
      [`${field} without a time`, { [field]: '2023-02-03' }],
      [`${field} without a zone`, { [field]: '2023-02-03T11:19:41' }],
      [`${field} on February 30`, { [field]: '2023-02-30T00:00:00Z' }],
      [`${field} on February 29 of no leap year`, { [field]: '2023-02-29T00:00:00Z' }],
      [`${field} in month 13`, { [field]: '2023-13-01T00:00:00Z' }],
      [`${field} at 24 o'clock`, { [field]: '2023-02-03T24:00:00Z' }],
      [`${field} in words`, { [field]: 'Fri, 03 Feb 2023 11:19:41 GMT' }],
      [`${field} with a tail`, { [field]: '2023-02-03T11:19:41Z\n' }],
    ],
  ),
  ...['id', 'name', 'ownerId'].flatMap(
    (field): Array<[string, Record<string, unknown>]> => [
      [`no ${field}`, { [field]: undefined }],
      [`${field} null`, { [field]: null }],
      [`${field} as a number`, { [field]: 5 }],
    ],
  ),
  ['an id that can stand in no path', { id: '../x' }],
];

describe.each(MALFORMED_FIELDS)('a collection with %s', (_what, fields) => {
  test('fails whole, with one coded entry and no retry', async () => {
    const { query, upstream } = await openFrontDoor(() => oneCollection(fields));
    const answer = await query('{ collection(id: "col_1") { name } }');
    expect(answer.body.data).toEqual({ collection: null });
    expect(answer.body.errors).toMatchObject([{ path: ['collection'] }]);
    expect(codesOf(answer)).toEqual(['UPSTREAM_BAD_RESPONSE']);
    expect(upstream.requests).toHaveLength(1);
  });
});

const good = JSON.stringify(wireCollection());
const ENVELOPES: ReadonlyArray<[what: string, reply: Reply]> = [
  ['a bare collection', json(wireCollection())],
  ['null', json(null)],
  ['a list', json([])],
  ['a string', json('ok')],
  ['an empty object', json({})],
  ['a collection of null', json({ collection: null })],
  ['a list of collections', json({ collection: [wireCollection()] })],
  ['the envelope of another endpoint', json({ collections: [wireCollection()] })],
  ['an empty body', text('')],
  ['HTML', text('<!doctype html><p>Sorry', 200, { 'content-type': 'text/html' })],
  ['broken JSON', text(`{"collection":${good}`)],
  ['two documents', text(`{"collection":${good}}{}`)],
  ['204', raw('HTTP/1.1 204 No Content\r\n\r\n', 'keep')],
  ['deep nesting', text('['.repeat(200_000))],
];

test.each(ENVELOPES)('%s for an answer is a coded entry that shows none of it', async (_what, reply) => {
  const { query } = await openFrontDoor(() => reply);
  const answer = await query('{ collection(id: "col_1") { name } }');
  expect(answer.status).toBe(200);
  expect(answer.body.data).toEqual({ collection: null });
  expect(codesOf(answer)).toEqual(['UPSTREAM_BAD_RESPONSE']);
  expect(answer.text).not.toMatch(/Sorry|Forest|JSON|zod|127\.0\.0\.1/i);
});

test.each([
  ['not a list', { collections: {} }],
  ['absent', {}],
  ['a list with null', { collections: [null] }],
  ['a list with a bad row', { collections: [wireCollection(), wireCollection({ name: 1 })] }],
  ['a list whose token is a number', { collections: [], nextPaginationToken: 5 }],
])('collections that are %s fail the field', async (_what, body) => {
  const { query } = await openFrontDoor(() => json(body));
  const answer = await query('{ collections { nodes { name } } }');
  expect(answer.body.data).toBeNull();
  expect(codesOf(answer)).toEqual(['UPSTREAM_BAD_RESPONSE']);
});
