import { describe, expect, test } from 'vitest';
import { assetCodec } from '../../src/scenario/assets/asset-codec.ts';
import { foundKind } from '../../src/scenario/assets/search-codec.ts';
import { collectionCodec } from '../../src/scenario/collections/collection-codec.ts';
import { succeed } from '../../src/shared/result.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { wireAsset } from '../support/wire-members.ts';
import { malformed, read, stored } from './read-answer.ts';

const THUMBNAIL = { assetId: 'asset_t', url: 'https://cdn.example.com/t.jpg' };

describe('a page', () => {
  const { page } = collectionCodec;
  const wires = [wireCollection({ id: 'a' }), wireCollection({ id: 'b' })];
  const rows = wires.map((wire) => ({ typename: 'Collection', ...wire }));

  test.each([
    ['a token', 't/1', 't/1'],
    ['a token as long as a cursor holds', 'ä'.repeat(2_048), 'ä'.repeat(2_048)],
    ['an empty token', '', null],
    ['null', null, null],
    ['nothing', undefined, null],
  ])('with %s goes on there', (_what, nextPaginationToken, nextToken) => {
    const value = read(page, { collections: wires, nextPaginationToken });
    expect(value).toEqual({ rows, nextToken });
    expect(stored(page, value)).toEqual(value);
  });

  test.each([
    ['a number for a token', { collections: wires, nextPaginationToken: 7 }, '/nextPaginationToken is wrong'],
    [
      'half a character in its token',
      { collections: [], nextPaginationToken: 'a\ud83c' },
      '/nextPaginationToken is wrong',
    ],
    [
      'a token too long for a cursor',
      { collections: [], nextPaginationToken: `${'ä'.repeat(2_048)}a` },
      '/nextPaginationToken is wrong',
    ],
    ['no rows', { nextPaginationToken: 'a' }, '/collections is wrong'],
    ['no object', null, '/collections is wrong'],
    ['one row that is none', { collections: [wires[0], {}] }, expect.stringMatching(/^\/collections\/1 /)],
  ])('with %s cannot be read', (_what, body, issue) => {
    expect(page.decode(body)).toEqual(malformed(issue));
  });

  test.each([
    ['nothing', null],
    ['no rows', { nextToken: null }],
    ['no token', { rows }],
    ['an empty token', { rows, nextToken: '' }],
    ['a number for a token', { rows, nextToken: 7 }],
    ['one row that is none', { rows: [...rows, {}], nextToken: null }],
  ])('stored with %s is read again', (_what, value) => {
    expect(stored(page, value)).toBeNull();
  });

  test('is whole when all of its rows are, and stands under any path', () => {
    const of = (...thumbnails: readonly unknown[]) => {
      const collections = thumbnails.map((thumbnail) => wireCollection({ thumbnail }));
      const value = read(page, { collections });
      if (!('rows' in value)) throw new Error('It cannot be read.');
      return value;
    };
    expect(page.isWhole(of())).toBe(true);
    expect(page.isWhole(of(null, THUMBNAIL))).toBe(true);
    expect(page.isWhole(of(null, 7))).toBe(false);
    expect(page.isFrom('/collections?pageSize=1', of(null))).toBe(true);
  });
});

describe('a bulk read', () => {
  const { bulk } = assetCodec;
  const good = wireAsset({ id: 'a' });
  const bad = wireAsset({ id: 'b', kind: 7 });

  test('tells what is there but cannot be read from what is not there', () => {
    const value = read(bulk, { assets: [bad, good, {}, null, { ...bad, id: 7 }] });
    expect(value).toMatchObject({ rows: [{ id: 'a' }], malformedIds: ['b'], isComplete: false });
    expect(read(bulk, { assets: [bad, good] })).toMatchObject({ malformedIds: ['b'], isComplete: true });
    expect(bulk.decode({ assets: [] })).toEqual(succeed({ rows: [], malformedIds: [], isComplete: true }));
  });

  test.each([null, [], {}, { assets: null }])('of %j cannot be read', (body) => {
    expect(bulk.decode(body)).toEqual(malformed('/assets is wrong'));
  });

  test('is stored with its rows', () => {
    const value = read(bulk, { assets: [good] });
    expect(stored(bulk, value)).toEqual(value);
    expect(stored(bulk, { rows: [{}] })).toBeNull();
    expect(stored(bulk, null)).toBeNull();
  });

  test('is whole when each of its records is, and stands under any path', () => {
    const of = (...assets: readonly unknown[]) => {
      const value = read(bulk, { assets });
      if (!('rows' in value)) throw new Error('It cannot be read.');
      return value;
    };
    expect(bulk.isWhole(of(good))).toBe(true);
    expect(bulk.isWhole(of(good, bad))).toBe(false);
    expect(bulk.isWhole(of(good, wireAsset({ thumbnail: 7 })))).toBe(false);
    expect(bulk.isFrom('/assets/get-bulk', of(good))).toBe(true);
  });
});

describe('a page of a search', () => {
  test.each([
    [7, 7],
    ['7', null],
    [1.5, null],
    [2 ** 31, null],
    [undefined, null],
  ])('that estimates %j hits has %j', (estimatedTotalHits, estimatedTotal) => {
    const value = read(foundKind, { hits: [{ id: 'a', kind: 7 }, { id: 'b' }], estimatedTotalHits });
    expect(value).toEqual({ ids: ['a', 'b'], estimatedTotal });
    expect(stored(foundKind, value)).toEqual(value);
    expect('ids' in value && foundKind.isWhole(value) && foundKind.isFrom('/any', value)).toBe(true);
  });

  test('cannot be read where a hit has no id', () => {
    expect(foundKind.decode({ hits: [{ id: '/' }] })).toEqual(malformed('/hits/0/id must be an asset id'));
    expect(foundKind.decode(null)).toMatchObject({ ok: false });
    expect(stored(foundKind, { ids: ['/'], estimatedTotal: null })).toBeNull();
  });
});
