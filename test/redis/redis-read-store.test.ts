import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RedisReadStore } from '../../src/redis/redis-read-store.ts';
import { RedisWriteEpoch } from '../../src/redis/redis-write-epoch.ts';
import { openConnection, settle } from './scripted-client.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const MEGABYTE = 1_048_576;
const CLAIM = { name: 'scg:claim:1:name', token: 'token' };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const nameOf = (prefix: string, key: string) =>
  `${prefix}:{scope}:${createHash('sha256').update(key).digest('base64url')}`;

/** Reads over a Redis that the test plays. */
function openStore() {
  const { client, connection, redis } = openConnection();
  const epoch = new RedisWriteEpoch(connection, '{scope}', 5_000, silent);
  return { client, epoch, store: new RedisReadStore(redis, epoch, '{scope}') };
}

describe('a text', () => {
  test('is found under the digest of its key, with what is left of its time', async () => {
    const { client, store } = openStore();
    const found = store.get('key');
    await client.answer(0, 700, 'text');
    expect(await found).toEqual({ text: 'text', leftMs: 700 });
    expect(client.at(0)).toMatchObject({ key: nameOf('scg:read:2', 'key'), args: ['2097152'] });
  });

  test.each([[[]], [[-2, '']], [[0, 'text']], [['700', 'text']], [[700, 7]], [[700]]])(
    'is not there where the reply is %j',
    async (reply) => {
      const { client, epoch, store } = openStore();
      const found = store.get('key');
      await client.answer(0, ...reply);
      expect([await found, epoch.isAway]).toEqual([null, false]);
    },
  );

  test('is stored for its time, with the claim that it settles', async () => {
    const { client, store } = openStore();
    store.set('key', 'text', 900, CLAIM);
    store.set('key', 'text', 900);
    expect([client.at(0).key, client.at(0).args]).toEqual([
      nameOf('scg:read:2', 'key'),
      ['text', '900', 'token'],
    ]);
    expect(client.sent[0]?.args.slice(1, 4)).toEqual(['2', nameOf('scg:read:2', 'key'), CLAIM.name]);
    expect(client.at(1).args).toEqual(['text', '900']);
  });

  test('is not stored while 8 MB of others are not confirmed: its claim is given back', async () => {
    const { client, store } = openStore();
    store.set('a', 'x'.repeat(8 * MEGABYTE - 1), 900);
    store.set('b', 'x', 900);
    expect(client.sent).toHaveLength(2);
    store.set('c', 'x', 900, CLAIM);
    store.set('d', 'x', 900);
    expect([client.sent.length, client.at(2).key, client.at(2).args]).toEqual([3, CLAIM.name, ['token']]);
    await client.answer(1);
    store.set('e', 'x', 900);
    store.set('f', 'x', 900);
    expect(client.sent).toHaveLength(4);
  });
});

describe('a claim', () => {
  test('is made with a token of its own, for two seconds, of a text that begins so', async () => {
    const { client, store } = openStore();
    const claims = [store.claim('key', 'head'), store.claim('key', 'head')];
    const [first, second] = [client.at(0), client.at(1)];
    expect([first.key, first.args.slice(1)]).toEqual([nameOf('scg:claim:1', 'key head'), ['2000', 'head']]);
    expect(client.sent[0]?.args[3]).toBe(nameOf('scg:read:2', 'key'));
    expect(first.args[0]).not.toBe(second.args[0]);
    await client.answer(0, first.args[0]);
    expect(await claims[0]).toEqual({ name: first.key, token: first.args[0] });
  });

  test.each([
    ['taken', 'taken'],
    ['stored', 'stored'],
    ['OK', null],
    [1, null],
  ])('that is answered with %j comes to %j', async (reply, outcome) => {
    const { client, epoch, store } = openStore();
    const claim = store.claim('key', 'head');
    await client.answer(0, reply);
    expect([await claim, epoch.isAway]).toEqual([outcome, false]);
  });

  test('is given back by its token', () => {
    const { client, store } = openStore();
    store.release(CLAIM);
    expect(client.at(0)).toMatchObject({ key: CLAIM.name, args: ['token'] });
  });
});

const uses: ReadonlyArray<[what: string, use: (store: RedisReadStore) => unknown]> = [
  ['to find', (store) => store.get('key')],
  ['to claim', (store) => store.claim('key', 'head')],
  ['to store', (store) => store.set('key', 'text', 900)],
  ['to give back', (store) => store.release(CLAIM)],
];

describe.each(uses)('a Redis that is asked %s', (_what, use) => {
  test('and is away is not', () => {
    const { client, epoch, store } = openStore();
    client.status = 'close';
    epoch.suspend();
    expect(use(store) ?? null).toBeNull();
    expect(client.sent).toEqual([]);
  });

  test.each([
    ['and refuses is not away', true, false],
    ['and does not answer is away', false, true],
  ])('%s: nothing is there', async (_how, isRefused, isAway) => {
    const { client, epoch, store } = openStore();
    const used = Promise.resolve(use(store));
    await (isRefused ? client.refuse(0) : client.timeOut(0));
    await settle();
    expect([(await used) ?? null, epoch.isAway]).toEqual([null, isAway]);
  });
});
