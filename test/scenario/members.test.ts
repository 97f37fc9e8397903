import { describe, expect, test } from 'vitest';
import { failed, status } from '../http/open-calls.ts';
import { wireAsset, wireModel } from '../support/wire-members.ts';
import { asset, COL, except, honest, idsIn, model } from './honest-service.ts';
import { answered, errorOf, openAccount } from './open-account.ts';

describe('members that are read by their ids', () => {
  test('are one call, each of them once, in order', async () => {
    const { request, sent } = openAccount(
      except({ 'assets.bulk': answered({ assets: [wireAsset({ id: 'b' }), wireAsset({ id: 'a' })] }) }),
    );
    const { assets } = request();
    const loaded = await Promise.all(['a', 'b', 'a', 'gone'].map((id) => assets.load(asset(id))));
    expect(loaded).toMatchObject([{ id: 'a' }, { id: 'b' }, { id: 'a' }, null]);
    expect(sent).toEqual(['POST /assets/get-bulk {"assetIds":["a","b","gone"]}']);
  });

  test.each([
    ['assets', 201, [200, 1]],
    ['models', 51, [50, 1]],
  ] as const)('%s are so many a call: %i take %j', async (kind, count, sizes) => {
    const asked: number[] = [];
    const { request } = openAccount((call) => {
      asked.push(idsIn(call).length);
      return honest(call);
    });
    const sources = request();
    const ids = Array.from({ length: count }, (_, index) => `x${index}`);
    await Promise.all(
      ids.map((id) => (kind === 'assets' ? sources.assets.load(asset(id)) : sources.models.load(model(id)))),
    );
    expect(asked).toEqual(sizes);
  });

  test('fail together where the call fails, each named where that is about one', async () => {
    const { request } = openAccount(except({ 'assets.bulk': failed(status(403)) }));
    const { assets } = request();
    const errors = await Promise.all(['a', 'b'].map((id) => errorOf(assets.load(asset(id)))));
    expect(errors).toMatchObject([
      { code: 'FORBIDDEN', message: 'The asset "a" may not be used.' },
      { code: 'FORBIDDEN', message: 'The asset "b" may not be used.' },
    ]);
  });

  test('are named by their kind', async () => {
    const { request } = openAccount(except({ 'models.bulk': failed(status(403)) }));
    expect(await errorOf(request().models.load(model('m')))).toMatchObject({
      message: 'The model "m" may not be used.',
    });
  });

  test('that are there but cannot be read fail alone; a model is read by itself first', async () => {
    const { request, sent } = openAccount(
      except({
        'assets.bulk': answered({ assets: [wireAsset({ id: 'a' }), { id: 'b' }] }),
        'models.bulk': answered({ models: [{ id: 'm' }, wireModel({ id: 'n' })] }),
      }),
    );
    const { assets, models } = request();
    expect(await assets.load(asset('a'))).toMatchObject({ id: 'a' });
    expect(await errorOf(assets.load(asset('b')))).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE' });
    expect(await Promise.all([models.load(model('m')), models.load(model('n'))])).toMatchObject([
      { id: 'm' },
      { id: 'n' },
    ]);
    expect(sent.filter((call) => call.startsWith('GET'))).toEqual(['GET /models/m']);
  });

  test('tell for each id, in order, whether they are in a collection', async () => {
    const rows = [
      wireAsset({ id: 'in', collectionIds: ['col_1'] }),
      wireAsset({ id: 'out', collectionIds: ['col_2'] }),
    ];
    const { request } = openAccount(except({ 'assets.bulk': answered({ assets: rows }) }));
    expect(await request().assets.areIn(COL, ['out', 'gone', 'in', 'out'].map(asset))).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });
});
