import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CachedReads } from '../../src/cache/cached-reads.ts';
import { ClientAbort } from '../../src/http/client-abort.ts';
import { fail, succeed } from '../../src/shared/result.ts';
import { scopeOf } from '../http/calls.ts';
import { openMemory, SharedTexts } from './open-memory.ts';
import { DOWN, openReads, TTL_MS } from './open-reads.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  // A clock that began long ago.
  vi.advanceTimersByTime(1_000_000);
});
afterEach(() => {
  vi.useRealTimers();
});

function openReplicas(ttlMs = TTL_MS) {
  const store = new SharedTexts();
  const one = openReads(openMemory({ ttlMs: TTL_MS, store }));
  const other = openReads(openMemory({ ttlMs, store }));
  other.upstream.outcome = succeed('two');
  return { one, other, store };
}

/** A replica whose read does not end before the test says so. */
function openBusy() {
  const store = new SharedTexts();
  const claimed = { name: 'text:1 10000 /1', token: 'busy' };
  store.claims.set(claimed.name, claimed);
  const waiting = openReads(openMemory({ ttlMs: TTL_MS, store }));
  waiting.upstream.outcome = succeed('own');
  const text = JSON.stringify({ shape: 'text:1', epoch: '0', path: '/1', value: 'theirs' });
  return { store, waiting, claimed, end: () => store.set(claimed.name, text, TTL_MS, claimed) };
}

describe('what a replica has read', () => {
  test('is answered by the others for the same time, without a call', async () => {
    const { one, other, store } = openReplicas();
    one.upstream.tookMs = 1_000;
    await one.read();
    vi.advanceTimersByTime(TTL_MS - 1_002);
    const scope = scopeOf();
    expect([await other.read(scope), scope.tally.cached, store.asked]).toEqual(['one', 1, 1]);
    expect(await other.read()).toBe('one');
    vi.advanceTimersByTime(2);
    expect(await other.read()).toBe('two');
    expect([one.upstream.calls, other.upstream.calls]).toEqual([1, 1]);
  });

  test('is answered by the others at the moment at which it was stored', async () => {
    const { one, other } = openReplicas();
    await one.read();
    expect([await other.read(), other.upstream.calls]).toEqual(['one', 0]);
  });

  test.each<[string, Parameters<SharedTexts['spoil']>[0]]>([
    ['is no JSON', () => 'nonsense'],
    ['is no read', () => '{"shape":"text:1"}'],
    ['is of another shape', (text) => text.replace('text:1', 'text:2')],
    ['is of another epoch', (text) => text.replace('"epoch":"0"', '"epoch":"1"')],
    ['is of another path', (text) => text.replace('"/1"', '"/2"')],
    ['cannot be decoded', (text) => text.replace('"one"', '7')],
    ['is of another id', (text) => text.replace('"one"', '"one of /2"')],
    ['is there in part', (text) => text.replace('"one"', '"part"')],
  ])('is read anew where it %s', async (_what, change) => {
    const { one, other, store } = openReplicas();
    await one.read();
    store.spoil(change);
    expect(await other.read()).toBe('two');
  });

  test('is not used where it may be older than it looks, or has no time left', async () => {
    const { one, other, store } = openReplicas();
    await one.read();
    for (const stored of store.texts.values()) stored.expiresAt += 1;
    expect(await other.read()).toBe('two');
    const late = openReads(openMemory({ ttlMs: TTL_MS, store }));
    late.upstream.outcome = succeed('late');
    const get = vi.spyOn(store, 'get').mockImplementation(async () => {
      vi.advanceTimersByTime(100);
      return { text: '{"shape":"text:1","epoch":"0","path":"/1","value":"one"}', leftMs: 100 };
    });
    expect(await late.read()).toBe('late');
    get.mockRestore();
  });

  test('is neither looked for nor stored by those who keep reads for outages alone', async () => {
    const store = new SharedTexts();
    const { read, upstream } = openReads(openMemory({ staleMs: TTL_MS, store }));
    expect([await read(), await read(), upstream.calls]).toEqual(['one', 'one', 2]);
    expect([store.asked, store.texts.size]).toEqual([0, 0]);
  });

  test('is not used by those who keep reads for another time', async () => {
    const { one, other } = openReplicas(TTL_MS / 2);
    await one.read();
    expect(await other.read()).toBe('two');
  });

  test.each<[string, (one: ReturnType<typeof openReads>) => void]>([
    ['shows only in part', ({ upstream }) => Object.assign(upstream, { outcome: succeed('part') })],
    ['took longer than it may be kept', ({ upstream }) => Object.assign(upstream, { tookMs: TTL_MS })],
    ['failed', ({ upstream }) => Object.assign(upstream, { outcome: fail(DOWN) })],
    ['is too large', ({ upstream }) => Object.assign(upstream, { outcome: succeed('x'.repeat(1_048_576)) })],
    ['was read while a write may still arrive', ({ memory }) => void memory.epoch.advance(false)],
  ])('is not stored where it %s, and no claim stays behind', async (_what, arrange) => {
    const { one, store } = openReplicas();
    arrange(one);
    await one.read();
    expect([store.texts.size, store.claims.size]).toEqual([0, 0]);
  });

  test('is stored up to a size of a megabyte, with the claim given back', async () => {
    const { one, store } = openReplicas();
    const around = JSON.stringify({ shape: 'text:1', epoch: '0', path: '/1', value: '' }).length;
    one.upstream.outcome = succeed('x'.repeat(1_048_576 - around));
    await one.read();
    expect([store.texts.size, store.claims.size]).toEqual([1, 0]);
  });

  test('is not stored where it cannot be written, and no claim stays behind', async () => {
    const store = new SharedTexts();
    const unwritable = {
      toJSON: () => {
        throw new RangeError('It is nested too deep.');
      },
    };
    const reads = new CachedReads<object>(openMemory({ ttlMs: TTL_MS, store }), {
      shape: 'unwritable',
      decodeStored: () => null,
      isFrom: () => true,
      isWhole: () => true,
    });
    expect(await reads.read('/1', scopeOf(), async () => succeed(unwritable))).toMatchObject({ ok: true });
    await setImmediate();
    expect([store.texts.size, store.claims.size]).toEqual([0, 0]);
  });
});

describe('who reads what another replica is reading', () => {
  test('waits for it, asking less and less often', async () => {
    const { store, waiting, end } = openBusy();
    const found = waiting.read();
    await vi.advanceTimersByTimeAsync(0);
    const asked: number[] = [];
    for (let passedMs = 0; passedMs <= 440; passedMs += 20) {
      asked.push(store.asked);
      await vi.advanceTimersByTimeAsync(20);
    }
    // After 0, 20, 60, 140, 240, 340 and 440 ms.
    expect(asked).toEqual([1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 7]);
    end();
    await vi.advanceTimersByTimeAsync(100);
    expect([await found, waiting.upstream.calls]).toEqual(['theirs', 0]);
  });

  test.each([
    ['two seconds', 60_000, 2_000],
    ['half of its own time', 1_000, 500],
  ])('waits for %s at most, and reads then, with nothing claimed', async (_what, deadlineMs, mostMs) => {
    const { store, waiting, claimed } = openBusy();
    const found = waiting.read(scopeOf(deadlineMs));
    await vi.advanceTimersByTimeAsync(mostMs - 1);
    expect(waiting.upstream.calls).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect([await found, waiting.upstream.calls]).toEqual(['own', 1]);
    expect(store.claims.get(claimed.name)).toBe(claimed);
  });

  test('stops to wait when its caller has gone', async () => {
    const { waiting } = openBusy();
    const leaving = new ClientAbort();
    void waiting.read(scopeOf(60_000, leaving));
    await vi.advanceTimersByTimeAsync(10);
    leaving.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect([waiting.upstream.calls, vi.getTimerCount()]).toEqual([1, 0]);
  });

  test('reads at once where nobody can tell, or what was stored is of no use', async () => {
    const { store, waiting } = openBusy();
    store.outcome = null;
    expect([await waiting.read(), store.asked]).toEqual(['own', 1]);
    store.outcome = 'stored';
    expect([await waiting.read(scopeOf(), '/2'), store.asked]).toEqual(['own', 2]);
  });

  test('claims nothing while what is read would not be stored', async () => {
    const { store, waiting } = openBusy();
    void waiting.memory.epoch.advance(false);
    expect([await waiting.read(), store.asked]).toEqual(['own', 0]);
  });
});
