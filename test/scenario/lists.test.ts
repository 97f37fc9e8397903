import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { NO_FILTER } from '../../src/scenario/collections/collection-filter.ts';
import { parseId } from '../../src/scenario/parse-input.ts';
import { failed, status } from '../http/open-calls.ts';
import { wireModel } from '../support/wire-members.ts';
import { asset, COL, except, honest, NEWEST } from './honest-service.ts';
import { answered, errorOf, openAccount } from './open-account.ts';

const FIRST = { first: 2, after: null };
const DOWN = failed({ kind: 'unreachable', errorCode: 'ECONNREFUSED' });

describe('a list', () => {
  test('of assets is of its collection and order, or of all', async () => {
    const { request, sent } = openAccount(honest);
    const { assets } = request();
    const order = { sortBy: 'updatedAt', sortDirection: 'asc' } as const;
    const { items } = await assets.list({ collectionId: COL, order }, FIRST);
    expect(items.map(({ id }) => id)).toEqual(['a', 'b']);
    await assets.list({ collectionId: null, order: NEWEST }, FIRST);
    expect(sent).toEqual([
      'GET /assets?collectionId=col_1&sortBy=updatedAt&sortDirection=asc&pageSize=2',
      'GET /assets?sortBy=createdAt&sortDirection=desc&pageSize=2',
    ]);
  });

  test('shows what is then not read by its id', async () => {
    const { request, sent } = openAccount(honest);
    const { assets } = request();
    await assets.list({ collectionId: COL, order: NEWEST }, FIRST);
    expect(await assets.load(asset('b'))).toMatchObject({ id: 'b' });
    expect(sent).toHaveLength(1);
  });

  test('of one row shows that one, and what it does not show is read', async () => {
    const { request, sent } = openAccount(honest);
    const { assets } = request();
    await assets.list({ collectionId: COL, order: NEWEST }, { first: 1, after: null });
    expect(await assets.load(asset('a'))).toMatchObject({ id: 'a' });
    expect(sent).toHaveLength(1);
    expect(await assets.load(asset('c'))).toMatchObject({ id: 'c' });
    expect(sent).toHaveLength(2);
  });

  test('has cursors that no other list takes, and of no other order', async () => {
    const { request, sent } = openAccount(honest);
    const sources = request();
    const other = parseId('Collection', 'col_2', []);
    const after = (await sources.assets.list({ collectionId: COL, order: NEWEST }, FIRST)).cursorAt(0);
    const { models, assets } = request();
    sent.length = 0;
    const oldest = { ...NEWEST, sortDirection: 'asc' } as const;
    const updated = { ...NEWEST, sortBy: 'updatedAt' } as const;
    const lists = [
      () => assets.list({ collectionId: other, order: NEWEST }, { first: 1, after }),
      () => assets.list({ collectionId: null, order: NEWEST }, { first: 1, after }),
      () => assets.list({ collectionId: COL, order: oldest }, { first: 1, after }),
      () => assets.list({ collectionId: COL, order: updated }, { first: 1, after }),
      () => models.list(COL, { first: 1, after }),
    ];
    for (const list of lists) expect(await errorOf(list())).toMatchObject({ code: 'BAD_USER_INPUT' });
    const ofModels = (await models.list(COL, FIRST)).cursorAt(0);
    expect(await errorOf(models.list(other, { first: 1, after: ofModels }))).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    expect(
      (await assets.list({ collectionId: COL, order: NEWEST }, { first: 1, after })).items,
    ).toMatchObject([{ id: 'b' }]);
    expect(sent.filter((call) => call.startsWith('GET /assets'))).toHaveLength(1);
  });

  test('whose pages were read is read again for no other slice', async () => {
    const { request, sent } = openAccount(honest, { minPageSize: 100 });
    const { assets } = request();
    for (const first of [1, 2])
      await assets.list({ collectionId: COL, order: NEWEST }, { first, after: null });
    expect(sent).toEqual(['GET /assets?collectionId=col_1&sortBy=createdAt&sortDirection=desc&pageSize=100']);
  });

  test('is read once by a request, however many others it reads, and again after a write', async () => {
    const { request, sent } = openAccount(honest);
    const { assets, collections } = request();
    const orders = [NEWEST, { ...NEWEST, sortDirection: 'asc' }, { ...NEWEST, sortBy: 'updatedAt' }] as const;
    const readAll = async () => {
      for (const order of orders) await assets.list({ collectionId: COL, order }, FIRST);
    };
    await readAll();
    await readAll();
    expect(sent).toHaveLength(3);
    await collections.delete(COL);
    await readAll();
    expect(sent).toHaveLength(7);
  });

  test('that fails is told of the collection that it belongs to', async () => {
    const gone = failed(status(404));
    const { request } = openAccount(except({ 'assets.list': gone, 'models.list': gone }));
    const { assets, models } = request();
    const ofNone = assets.list({ collectionId: null, order: NEWEST }, FIRST);
    for (const list of [assets.list({ collectionId: COL, order: NEWEST }, FIRST), models.list(COL, FIRST)])
      expect(await errorOf(list)).toMatchObject({
        code: 'NOT_FOUND',
        message: 'There is no collection "col_1".',
      });
    expect(await errorOf(ofNone)).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE' });
  });

  test('of models is the private ones and then the public ones, each once', async () => {
    const pub = { privacy: 'public' };
    const { request, sent } = openAccount(
      except({
        'models.list': ({ path }) =>
          answered({
            models: path.includes('privacy=private')
              ? [wireModel({ id: 'q', ...pub }), wireModel({ id: 'p' })]
              : [wireModel({ id: 'r', ...pub }), wireModel({ id: 'q', ...pub }), wireModel({ id: 'p' })],
          }),
      }),
    );
    const { items, hasNextPage } = await request().models.list(COL, { first: 9, after: null });
    expect([items.map(({ id }) => id), hasNextPage]).toEqual([['p', 'r', 'q'], false]);
    expect(sent).toEqual([
      'GET /models?collectionId=col_1&privacy=private&sortBy=createdAt&sortDirection=desc&pageSize=9',
      'GET /models?collectionIds=col_1&privacy=public&sortBy=createdAt&sortDirection=desc&pageSize=9',
    ]);
  });
});

describe('a list that is read ahead', () => {
  const LIST = { collectionId: COL, order: NEWEST };

  test('is not read again by whoever asks for the same', async () => {
    const { request, sent } = openAccount(honest);
    const { assets } = request();
    assets.readAhead(LIST, FIRST);
    expect((await assets.list(LIST, FIRST)).items).toHaveLength(2);
    expect(sent).toHaveLength(1);
    await assets.list(LIST, { first: 1, after: null });
    expect(sent).toHaveLength(2);
  });

  test('and fails unasked harms nobody; what could not be sent is read again', async () => {
    let isDown = true;
    const { request, sent } = openAccount((call) => (isDown ? DOWN : honest(call)));
    const { assets } = request();
    assets.readAhead(LIST, FIRST);
    await setImmediate();
    isDown = false;
    expect((await assets.list(LIST, FIRST)).items).toHaveLength(2);
    expect(sent).toHaveLength(2);
  });

  test('and fails once it was sent is not read again', async () => {
    const { request, sent } = openAccount(except({ 'assets.list': failed(status(500)) }));
    const { assets } = request();
    assets.readAhead(LIST, FIRST);
    await setImmediate();
    expect(await errorOf(assets.list(LIST, FIRST))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(sent).toHaveLength(1);
  });

  test('is read again after a write', async () => {
    const { request, sent } = openAccount(honest);
    const sources = request();
    sources.assets.readAhead(LIST, FIRST);
    await sources.collections.delete(COL);
    await sources.assets.list(LIST, FIRST);
    expect(sent.filter((call) => call.startsWith('GET'))).toHaveLength(2);
  });
});

describe('the number of all collections', () => {
  test('comes from the index, and only when it is asked for', async () => {
    const { request, sent } = openAccount(honest);
    const { totalCount } = await request().collections.list(FIRST);
    expect(sent).toHaveLength(1);
    expect(await totalCount()).toBe(2);
    expect(sent.at(-1)).toBe('GET /collections?pageSize=100');
  });

  test('that cannot be told fails alone, and is asked for again after a write', async () => {
    let isDown = true;
    const { request } = openAccount((call) =>
      isDown && call.path.endsWith('pageSize=100') ? DOWN : honest(call),
    );
    const { collections } = request();
    const { items, totalCount } = await collections.list(FIRST);
    expect(items).toHaveLength(2);
    for (const counted of [() => Promise.resolve(totalCount()), () => collections.pick(['col_1'])])
      expect(await errorOf(counted())).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    isDown = false;
    await collections.create('n', null);
    expect(await collections.pick(['col_1'])).toMatchObject([{ id: 'col_1' }]);
  });

  test('is of one moment within a request, and of the next one after a write', async () => {
    const { request } = openAccount(honest);
    const { collections } = request();
    const total = async () => (await collections.list(FIRST)).totalCount();
    expect(await total()).toBe(2);
    await request().collections.delete(COL);
    await request().collections.create('n', null);
    await collections.create('n', null);
    const query = { filter: NO_FILTER, order: { field: 'NAME', direction: 'ASC' } } as const;
    expect((await collections.find(query, { first: 9, after: null })).items.map(({ id }) => id)).toEqual([
      'col_2',
      'col_new',
    ]);
    expect(await collections.pick(['col_1', 'col_2'])).toMatchObject([{ id: 'col_2' }]);
  });
});
