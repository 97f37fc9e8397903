import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { failed, status } from '../http/open-calls.ts';
import { wireAsset } from '../support/wire-members.ts';
import { asset, COL, except, honest, model, NEWEST } from './honest-service.ts';
import { answered, errorOf, openAccount } from './open-account.ts';

const FIRST = { first: 2, after: null };
const LIST = { collectionId: COL, order: NEWEST };
const ONLY_C = answered({ assets: [wireAsset({ id: 'c' })] });
const KEPT = { ttlMs: 10_000, staleMs: 60_000 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** An account that keeps reads, whose list of assets (a and b) was read, and which is down when the test says so. */
async function openRead() {
  const state = { isDown: false, hasOnlyC: false };
  const { request, sent } = openAccount(
    (call) => {
      if (state.isDown) return failed(status(503));
      return state.hasOnlyC ? except({ 'assets.bulk': ONLY_C })(call) : honest(call);
    },
    { memory: KEPT },
  );
  await request().assets.list(LIST, FIRST);
  sent.length = 0;
  const load = (...ids: readonly string[]) => {
    const { assets } = request();
    return Promise.all(ids.map((id) => assets.load(asset(id))));
  };
  return { state, request, sent, load };
}

describe('what a list has shown lately', () => {
  test('is asked for by no other request', async () => {
    const { sent, load } = await openRead();
    expect(await load('b', 'a')).toMatchObject([{ id: 'b' }, { id: 'a' }]);
    expect(sent).toEqual([]);
  });

  test('is left out of what has to be asked for', async () => {
    const { sent, load } = await openRead();
    expect(await load('b', 'c')).toMatchObject([{ id: 'b' }, { id: 'c' }]);
    expect(sent).toEqual(['POST /assets/get-bulk {"assetIds":["c"]}']);
  });

  test('is asked for again when its time is over', async () => {
    const { sent, load } = await openRead();
    vi.advanceTimersByTime(KEPT.ttlMs);
    expect(await load('a')).toMatchObject([{ id: 'a' }]);
    expect(sent).toEqual(['POST /assets/get-bulk {"assetIds":["a"]}']);
  });

  test('stands in while the upstream is down, with what is not old yet', async () => {
    const { state, load } = await openRead();
    vi.advanceTimersByTime(KEPT.ttlMs);
    await load('c');
    state.isDown = true;
    expect(await load('a', 'b', 'c')).toMatchObject([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
    expect(await errorOf(load('a', 'd'))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  test('does not stand in once the upstream has said that it is gone', async () => {
    const { state, load } = await openRead();
    vi.advanceTimersByTime(KEPT.ttlMs);
    state.hasOnlyC = true;
    expect(await load('a', 'c')).toMatchObject([null, { id: 'c' }]);
    vi.advanceTimersByTime(KEPT.ttlMs);
    state.isDown = true;
    expect(await errorOf(load('a'))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await load('b')).toMatchObject([{ id: 'b' }]);
  });
});

test('what was read by its id is kept for that id alone', async () => {
  const { request, sent } = await openRead();
  for (const id of ['m', 'n', 'm', 'n'].map(model))
    expect(await request().models.load(id)).toMatchObject({ id });
  expect(sent).toEqual([
    'POST /models/get-bulk {"modelIds":["m"],"thumbnail":true}',
    'POST /models/get-bulk {"modelIds":["n"],"thumbnail":true}',
  ]);
});
