import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { openFrontDoor } from '../support/front-door.ts';
import type { GraphQLBody } from '../support/gateway.ts';
import { json } from '../support/scripted-upstream.ts';
import { wireAsset, wireModel } from '../support/wire-members.ts';

type Fields = Record<string, unknown>;

/** Reads one object of which the upstream has these fields in place of its own. */
async function openValues() {
  let fields: Fields = {};
  const { query } = await openFrontDoor(({ path }) => {
    if (path === '/v1/assets/get-bulk') return json({ assets: [wireAsset(fields)] });
    if (path === '/v1/models/get-bulk') return json({ models: [wireModel(fields)] });
    return json({ model: wireModel(fields) });
  });
  const read = async (document: string, wire: Fields): Promise<GraphQLBody> => {
    fields = wire;
    return (await query(document)).body;
  };
  return {
    asset: (selection: string, wire: Fields) => read(`{ asset(id: "asset_1") { ${selection} } }`, wire),
    model: (selection: string, wire: Fields) => read(`{ model(id: "model_1") { ${selection} } }`, wire),
  };
}

const SIGNED = 'https://cdn.example.com/a%2Fb.png?Policy=x_~-&Signature=a~b';
const THUMBNAIL = { assetId: 'asset_t', url: 'https://cdn.example.com/t.jpg' };

describe('previewUrl', () => {
  const pictures: ReadonlyArray<[what: string, wire: Fields, width: number, url: string | null]> = [
    ['an image by its own address', { url: SIGNED }, 256, `${SIGNED}&width=256`],
    [
      'the thumbnail where there is one',
      { url: SIGNED, thumbnail: THUMBNAIL },
      16,
      `${THUMBNAIL.url}?width=16`,
    ],
    [
      'a video by its thumbnail',
      { kind: 'video', url: SIGNED, thumbnail: THUMBNAIL },
      2_048,
      `${THUMBNAIL.url}?width=2048`,
    ],
    ['an image before a fragment', { url: 'https://a.b/c?d=e#f?g' }, 64, 'https://a.b/c?d=e&width=64#f?g'],
    ['an image before a fragment alone', { url: 'https://a.b/c#?f' }, 64, 'https://a.b/c?width=64#?f'],
    ['no video without one', { kind: 'video', url: SIGNED }, 256, null],
    ['no picture that browsers do not show', { kind: 'image-hdr', url: SIGNED }, 256, null],
    ['no kind that nobody knows', { kind: 'hologram', url: SIGNED }, 256, null],
    ['nothing while there is no file', { url: '' }, 256, null],
    ['an image whose thumbnail cannot be shown', { url: SIGNED, thumbnail: 7 }, 256, `${SIGNED}&width=256`],
  ];

  test('gives a picture of the width, at the very end of the address', async () => {
    const { asset } = await openValues();
    for (const [what, wire, width, previewUrl] of pictures)
      expect([what, await asset(`previewUrl(width: ${width})`, wire)]).toEqual([
        what,
        { data: { asset: { previewUrl } } },
      ]);
  });

  test('is null with an error where the only picture cannot be shown, and for a width out of range', async () => {
    const { asset } = await openValues();
    const cases: ReadonlyArray<[wire: Fields, width: number, code: string]> = [
      [{ url: 'javascript:alert(1)' }, 256, 'UPSTREAM_BAD_RESPONSE'],
      [{ kind: 'video', thumbnail: { assetId: 'a' } }, 256, 'UPSTREAM_BAD_RESPONSE'],
      [{}, 15, 'BAD_USER_INPUT'],
      [{}, 2_049, 'BAD_USER_INPUT'],
      [{}, -1, 'BAD_USER_INPUT'],
    ];
    for (const [wire, width, code] of cases)
      expect(await asset(`previewUrl(width: ${width})`, wire)).toMatchObject({
        data: { asset: { previewUrl: null } },
        errors: [{ path: ['asset', 'previewUrl'], extensions: { code } }],
      });
  });
});

describe('what the Scenario API has added since is OTHER', () => {
  const words: ReadonlyArray<[type: 'asset' | 'model', field: string, names: Record<string, string>]> = [
    [
      'asset',
      'kind',
      {
        audio: 'AUDIO',
        document: 'DOCUMENT',
        image: 'IMAGE',
        'image-hdr': 'IMAGE_HDR',
        json: 'JSON',
        '3d': 'MODEL_3D',
        text: 'TEXT',
        video: 'VIDEO',
      },
    ],
    ['asset', 'status', { pending: 'PENDING', success: 'SUCCESS', error: 'ERROR' }],
    ['asset', 'privacy', { private: 'PRIVATE', public: 'PUBLIC', unlisted: 'UNLISTED' }],
    [
      'model',
      'status',
      {
        new: 'NEW',
        copying: 'COPYING',
        training: 'TRAINING',
        trained: 'TRAINED',
        'training-canceled': 'TRAINING_CANCELED',
        failed: 'FAILED',
      },
    ],
    ['model', 'privacy', { private: 'PRIVATE', public: 'PUBLIC', unlisted: 'UNLISTED' }],
  ];
  const strange = ['', 'IMAGE', 'OTHER', 'hologram', '__proto__', 'constructor', 'toString', 'é'];

  test.each(words)('%s.%s', async (type, field, names) => {
    const read = (await openValues())[type];
    const others = Object.fromEntries(strange.map((word) => [word, 'OTHER']));
    for (const [word, name] of [...Object.entries(names), ...Object.entries(others)])
      expect([word, await read(field, { [field]: word })]).toEqual([
        word,
        { data: { [type]: { [field]: name } } },
      ]);
  });
});

type Case = readonly [type: 'asset' | 'model', field: string, wire: Fields];

const NONE = [undefined, null];
const SAID_NOTHING: readonly Case[] = [
  ...['name', 'prompt'].flatMap((name): Case[] =>
    ['', ...NONE].map((value) => ['asset', name, { metadata: { [name]: value } }]),
  ),
  ...['url', 'mimeType', 'description'].flatMap((name): Case[] =>
    ['', ...NONE].map((value) => ['asset', name, { [name]: value }]),
  ),
  ...['width', 'height', 'durationSeconds', 'sizeBytes'].map(
    (name): Case => ['asset', name, { properties: {}, metadata: undefined }],
  ),
  ...NONE.map((thumbnail): Case => ['asset', 'thumbnail { url }', { thumbnail }]),
  ...['name', 'shortDescription'].flatMap((name): Case[] =>
    ['', ...NONE].map((value) => ['model', name, { [name]: value }]),
  ),
  ...NONE.map((thumbnail): Case => ['model', 'thumbnail { url }', { thumbnail }]),
];

const CANNOT_BE_SHOWN: readonly Case[] = [
  ...['name', 'prompt'].map((name): Case => ['asset', name, { metadata: { [name]: 7 } }]),
  ...['mimeType', 'description'].map((name): Case => ['asset', name, { [name]: ['x'] }]),
  ...['javascript:alert(1)', '/a.png', 'https://', 7].map((url): Case => ['asset', 'url', { url }]),
  ...[1.5, 2 ** 31, '512', {}].flatMap((value): Case[] =>
    ['width', 'height'].map((name) => ['asset', name, { properties: { [name]: value } }]),
  ),
  ['asset', 'durationSeconds', { properties: { duration: '4 s' } }],
  ['asset', 'sizeBytes', { properties: { size: {} } }],
  ...['x', {}, { url: 'data:,x', assetId: 'a' }].map(
    (thumbnail): Case => ['asset', 'thumbnail { url }', { thumbnail }],
  ),
  ...['name', 'shortDescription'].map((name): Case => ['model', name, { [name]: {} }]),
  ['model', 'thumbnail { url }', { thumbnail: { assetId: 'a' } }],
];

const MAKES_IT_USELESS: readonly Case[] = [
  ...['kind', 'status', 'privacy', 'source'].map((name): Case => ['asset', name, { [name]: 7 }]),
  ['asset', 'createdAt', { createdAt: 'yesterday' }],
  ['asset', 'updatedAt', { updatedAt: undefined }],
  ['asset', 'collectionIds', { collectionIds: undefined }],
  ['asset', 'tags', { tags: [1] }],
  ['asset', 'nsfw', { nsfw: 'yes' }],
  ...['type', 'status', 'privacy', 'source', 'collectionIds', 'createdAt'].map(
    (name): Case => ['model', name, { [name]: null }],
  ),
  ['model', 'isCustom', { custom: 'true' }],
];

describe('a value', () => {
  test('that says nothing is null, without an error', async () => {
    const read = await openValues();
    for (const [type, field, wire] of SAID_NOTHING) {
      const body = await read[type](field, wire);
      expect([field, wire, body]).toEqual([field, wire, { data: { [type]: { [nameOf(field)]: null } } }]);
    }
    const lists = await read.asset('tags nsfw', { tags: null, nsfw: undefined });
    expect(lists).toEqual({ data: { asset: { tags: [], nsfw: [] } } });
  });

  test('that cannot be shown is null with one coded entry at its path, and costs no other field', async () => {
    const read = await openValues();
    for (const [type, field, wire] of CANNOT_BE_SHOWN) {
      const body = await read[type](`scenarioId ${field}`, wire);
      expect([field, wire, body]).toMatchObject([
        field,
        wire,
        {
          data: { [type]: { scenarioId: `${type}_1`, [nameOf(field)]: null } },
          errors: [{ path: [type, nameOf(field)], extensions: { code: 'UPSTREAM_BAD_RESPONSE' } }],
        },
      ]);
      expect(body.errors).toHaveLength(1);
    }
  });

  test('that is required and wrong fails its object, whatever of it was asked for', async () => {
    const read = await openValues();
    for (const [type, field, wire] of MAKES_IT_USELESS) {
      const body = await read[type]('id', wire);
      expect([field, body]).toMatchObject([
        field,
        { data: { [type]: null }, errors: [{ path: [type], extensions: { code: 'UPSTREAM_BAD_RESPONSE' } }] },
      ]);
    }
  });

  test('stands in either of two places', async () => {
    const { asset } = await openValues();
    const wire = { properties: { width: 512 }, metadata: { width: 1, height: 256, size: 9 } };
    const { data } = await asset('width height sizeBytes', wire);
    expect(dig(data, 'asset')).toEqual({ width: 512, height: 256, sizeBytes: 9 });
  });

  test('of an address and a date is passed on byte for byte', async () => {
    const { asset } = await openValues();
    const wire = {
      url: SIGNED,
      createdAt: '2024-02-03T11:19:41.5+02:00',
      thumbnail: { assetId: 'a', url: SIGNED },
    };
    const { data } = await asset('url createdAt thumbnail { assetId url }', wire);
    expect(dig(data, 'asset')).toEqual(wire);
  });
});

function nameOf(field: string): string {
  return field.split(' ')[0] ?? field;
}
