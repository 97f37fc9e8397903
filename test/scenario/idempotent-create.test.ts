import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CallResult } from '../../src/http/call.ts';
import { ClientAbort } from '../../src/http/client-abort.ts';
import {
  type CreateKey,
  type IdempotencyStore,
  type KnownCreate,
  type PendingCreate,
} from '../../src/scenario/collections/idempotency-store.ts';
import { MemoryIdempotencyStore } from '../../src/scenario/collections/memory-idempotency-store.ts';
import { scopeOf } from '../http/calls.ts';
import { failed, status, timedOut } from '../http/open-calls.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { answered, errorOf, openAccount } from './open-account.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const CREATED = answered({ collection: wireCollection({ id: 'col_new', name: 'n' }) });
const REFUSED = failed(status(409));
const LOST = failed(timedOut('attempt', 5_000), true);

/** A store that fails where the test says so, and tells what it was asked. */
class WatchedStore implements IdempotencyStore {
  readonly #store = new MemoryIdempotencyStore();
  readonly claims: Array<[CreateKey, PendingCreate]> = [];
  failing: 'claim' | 'settle' | 'release' | null = null;

  async claim(key: CreateKey, claim: PendingCreate): Promise<KnownCreate | null> {
    this.claims.push([key, claim]);
    this.#fail('claim');
    return this.#store.claim(key, claim);
  }

  async settle(...record: Parameters<IdempotencyStore['settle']>): Promise<void> {
    this.#fail('settle');
    await this.#store.settle(...record);
  }

  async release(key: CreateKey): Promise<void> {
    this.#fail('release');
    await this.#store.release(key);
  }

  #fail(method: typeof this.failing): void {
    if (this.failing === method) throw new Error('no store');
  }
}

/** Creates with keys, which come to these in their order; the last one again and again. */
function openCreates(...results: readonly CallResult[]) {
  const store = new WatchedStore();
  let made = 0;
  const { request, sent } = openAccount(
    () => {
      made += 1;
      return results[made - 1] ?? results.at(-1) ?? CREATED;
    },
    { idempotency: store },
  );
  const create = (name = 'n', key = 'key', scope = scopeOf()) => request(scope).collections.create(name, key);
  return { create, sent, store };
}

describe('a key', () => {
  test('gives its first outcome again, without a call', async () => {
    const { create, sent } = openCreates(CREATED);
    const created = await create();
    expect(created).toMatchObject({ id: 'col_new' });
    expect(await create()).toEqual(created);
    expect(sent).toHaveLength(1);
  });

  test('stands for one name', async () => {
    const { create, sent } = openCreates(CREATED);
    await create();
    expect(await errorOf(create('other'))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('another name'),
    });
    expect(sent).toHaveLength(1);
  });

  test('whose create certainly changed nothing may be used again', async () => {
    const { create, sent } = openCreates(REFUSED, CREATED);
    expect(await errorOf(create())).toMatchObject({ code: 'CONFLICT' });
    expect(await create()).toMatchObject({ id: 'col_new' });
    expect(sent).toHaveLength(2);
  });

  test('whose create may have been made tells so again, and what to look for', async () => {
    const { create, sent } = openCreates(LOST);
    const startedAt = new Date();
    const first = await errorOf(create());
    vi.advanceTimersByTime(3_000);
    const again = await errorOf(create());
    const write = { endpoint: 'collections.create', collectionId: null, name: 'n', startedAt };
    for (const error of [first, again])
      expect(error).toMatchObject({ code: 'WRITE_OUTCOME_UNKNOWN', hints: { retryable: false, write } });
    expect(again).toMatchObject({ message: expect.stringContaining('Whether this key created') });
    expect(sent).toHaveLength(1);
  });

  test('comes to a store as a digest, with the time after which its gateway must have died', async () => {
    const { create, store } = openCreates(CREATED);
    await create('n', 'my own key', scopeOf(10_000));
    const [[key, claim] = []] = store.claims;
    expect(JSON.stringify([key, claim])).not.toMatch(/my own key|ada/);
    expect(claim).toMatchObject({
      state: 'pending',
      leaseMs: 15_000,
      startedAt: new Date().toISOString(),
      claimId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    await create('n', 'my own key');
    await create('other', 'another').catch(() => {});
    const [, again, other] = store.claims;
    expect(again?.[0]).toEqual(key);
    expect(other?.[0]).toEqual({ owner: key?.owner, key: expect.not.stringMatching(key?.key ?? '') });
    expect(again?.[1].fingerprint).toBe(claim?.fingerprint);
    expect(other?.[1].fingerprint).not.toBe(claim?.fingerprint);
  });
});

describe('a store that cannot be reached', () => {
  test('to claim a key is no time to create anything', async () => {
    const { create, sent, store } = openCreates(CREATED);
    store.failing = 'claim';
    expect(await errorOf(create())).toMatchObject({
      code: 'OVERLOADED',
      message: expect.stringContaining('this request has created nothing'),
      hints: { retryable: true },
      cause: new Error('no store'),
    });
    expect(sent).toEqual([]);
  });

  test('to remember an outcome does not hide it, and nothing is created twice', async () => {
    const { create, sent, store } = openCreates(CREATED);
    store.failing = 'settle';
    expect(await create()).toMatchObject({ id: 'col_new' });
    expect(await errorOf(create('n', 'key', scopeOf(10)))).toMatchObject({ code: 'OVERLOADED' });
    expect(sent).toHaveLength(1);
  });

  test('to give a key back does not hide why nothing was created', async () => {
    const { create, store } = openCreates(REFUSED);
    store.failing = 'release';
    expect(await errorOf(create())).toMatchObject({ code: 'CONFLICT' });
  });
});

/** A first create that ends when the test says so, and a second one. */
function openPair(scope = scopeOf(), name = 'n') {
  const ends: Array<(result: CallResult) => void> = [];
  const { request, sent } = openAccount(() => new Promise((resolve) => ends.push(resolve)));
  const first = request().collections.create('n', 'key');
  const second = request(scope)
    .collections.create(name, 'key')
    .catch((error: unknown) => error);
  return { first, second, sent, end: (result: CallResult) => ends.at(-1)?.(result) };
}

describe('while another request with the key is under way, a create', () => {
  test('waits, and gives the outcome of that one', async () => {
    const { first, second, sent, end } = openPair();
    await vi.advanceTimersByTimeAsync(500);
    end(CREATED);
    const created = await first;
    await vi.advanceTimersByTimeAsync(50);
    expect(await second).toEqual(created);
    expect(sent).toHaveLength(1);
  });

  test('is made itself where that one has changed nothing', async () => {
    const { first, second, sent, end } = openPair();
    await vi.advanceTimersByTimeAsync(100);
    end(REFUSED);
    expect(await errorOf(first)).toMatchObject({ code: 'CONFLICT' });
    await vi.advanceTimersByTimeAsync(50);
    expect(sent).toHaveLength(2);
    end(CREATED);
    expect(await second).toMatchObject({ id: 'col_new' });
  });

  test('of another name does not wait', async () => {
    const { second } = openPair(scopeOf(), 'other');
    expect(await second).toMatchObject({ code: 'CONFLICT' });
  });

  test('ends in time for its caller to be told', async () => {
    const { second } = openPair(scopeOf(1_000));
    await vi.advanceTimersByTimeAsync(950);
    expect(await second).toMatchObject({
      code: 'OVERLOADED',
      message: expect.stringContaining('still under way'),
      hints: { retryable: true },
    });
  });

  test('ends when its caller leaves', async () => {
    const leaving = new ClientAbort();
    const { second } = openPair(scopeOf(10_000, leaving));
    await vi.advanceTimersByTimeAsync(10);
    leaving.abort();
    expect(await second).toMatchObject({ code: 'OVERLOADED' });
  });
});
