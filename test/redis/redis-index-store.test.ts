import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ADD_CHUNK, LEAD, READ_CHUNK, SET_WALK, SYNC } from '../../src/redis/index-scripts.ts';
import { RedisIndexStore } from '../../src/redis/redis-index-store.ts';
import { RedisWriteEpoch } from '../../src/redis/redis-write-epoch.ts';
import { DELETE_OWN } from '../../src/redis/script-parts.ts';
import { openConnection } from './scripted-client.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const PREFIX = 'scg:index:1:{scope}:things';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What is shared of an index, over a Redis that the test plays. */
function openStore() {
  const { client, connection, redis } = openConnection();
  const epoch = new RedisWriteEpoch(connection, '{scope}', 5_000, silent);
  const store = new RedisIndexStore(redis, epoch, '{scope}', { name: 'things', form: 'form:1' });
  const keysOf = (turn: number) => {
    const [, count, ...rest] = client.sent[turn]?.args ?? [];
    return rest.slice(0, Number(count));
  };
  return { client, epoch, store, keysOf };
}

const entry = (id: string, text: string) => [id, ['text', text]];

describe('the log', () => {
  test('is appended to and read from a position, whose own entry is not given', async () => {
    const { client, store, keysOf } = openStore();
    const read = store.sync('5-0', ['one', 'two']);
    expect(client.at(0)).toMatchObject({ script: SYNC, args: ['5-0', '201', 'one', 'two'] });
    expect(keysOf(0)).toEqual([`${PREFIX}:log`, `${PREFIX}:walk:form:1`]);
    const walk = ['id', '4-0', '100', '200', '300', 'content'];
    await client.answer(0, 1_000, 1, [entry('5-0', 'zero'), entry('700-3', 'one')], walk);
    expect(await read).toEqual({
      entries: [{ text: 'one', appendedAt: 700 }],
      place: { position: '700-3', readAt: 1_000 },
      hasMore: false,
      walk: { id: 'id', position: '4-0', beganAt: 100, endedAt: 200, expiresAt: 300, content: 'content' },
    });
  });

  test.each([
    [201, true],
    [200, false],
  ])('has more where %i entries are given: %j', async (count, hasMore) => {
    const { client, store } = openStore();
    const read = store.sync('0-0', []);
    const entries = Array.from({ length: count }, (_, index) => entry(`${index}-0`, 'text'));
    await client.answer(0, 1_000, 1, entries, []);
    expect((await read).hasMore).toBe(hasMore);
  });

  test('without the position gives where it ends, and no entries', async () => {
    const { client, store } = openStore();
    const read = store.sync(null, []);
    expect(client.at(0).args).toEqual(['', '201']);
    await client.answer(0, 1_000, 0, [entry('9-0', 'last')], [null, null, null, null, null, null]);
    expect(await read).toEqual({
      entries: null,
      place: { position: '9-0', readAt: 1_000 },
      hasMore: false,
      walk: null,
    });
  });

  test('that is empty is read from the same position again', async () => {
    const { client, store } = openStore();
    const read = store.sync('5-0', []);
    await client.answer(0, 1_000, 0, [], []);
    expect((await read).place).toEqual({ position: '5-0', readAt: 1_000 });
  });

  test.each([[[]], [['1', 1, [], []]], [[1, 1, [['1-0', ['other', 'x']]], []]], [[1, 1, [], 'walk']]])(
    'cannot be read where the reply is %j',
    async (reply) => {
      const { client, epoch, store } = openStore();
      const failed = store.sync('5-0', []).catch(String);
      await client.answer(0, ...reply);
      expect([await failed, epoch.isAway]).toEqual([expect.stringContaining('cannot be read'), false]);
    },
  );
});

test.each([
  [null, '', [1, -1], { isHeld: true }],
  [2_000.5, '2001', [1, -1], { isHeld: true }],
  [null, '', [0, -1], { isHeld: false, endsInMs: null }],
  [null, '', [0, 0], { isHeld: false, endsInMs: 0 }],
  [null, '', [0, 7_000], { isHeld: false, endsInMs: 7_000 }],
] as const)(
  'the lead of a walk that ends in %j is asked for with %j, and taken where Redis says so: %j',
  async (endsInMs, sent, reply, answer) => {
    const { client, store, keysOf } = openStore();
    const lead = store.lead('me', endsInMs);
    expect([client.at(0).script, keysOf(0), client.at(0).args]).toEqual([
      LEAD,
      [`${PREFIX}:lead:form:1`, `${PREFIX}:lead:form:1:end`],
      ['me', '6000', sent],
    ]);
    await client.answer(0, ...reply);
    expect(await lead).toEqual(answer);
  },
);

test.each([[['1', -1]], [[1]], [[]]])('a lead cannot be read where the reply is %j', async (reply) => {
  const { client, epoch, store } = openStore();
  const failed = store.lead('me', null).catch(String);
  await client.answer(0, ...reply);
  expect([await failed, epoch.isAway]).toEqual([expect.stringContaining('cannot be read'), false]);
});

test('the lead is given back by who has it', () => {
  const { client, store, keysOf } = openStore();
  void store.endLead('me');
  expect([client.at(0).script, keysOf(0), client.at(0).args]).toEqual([
    DELETE_OWN,
    [`${PREFIX}:lead:form:1`],
    ['me'],
  ]);
});

test('what a walk has brought is stored in parts, and found by its number', async () => {
  const { client, store, keysOf } = openStore();
  void store.addChunk('walk-1', '[]', 900);
  const [found, missing] = [store.chunk('walk-1', 3), store.chunk('walk-1', 4)];
  expect([client.at(0).script, keysOf(0), client.at(0).args]).toEqual([
    ADD_CHUNK,
    [`${PREFIX}:rows:walk-1`],
    ['[]', '900'],
  ]);
  expect([client.at(1).script, keysOf(1), client.at(1).args]).toEqual([
    READ_CHUNK,
    [`${PREFIX}:rows:walk-1`],
    ['3'],
  ]);
  await client.answer(1, '[1]');
  await client.answer(2, null);
  expect([await found, await missing]).toEqual(['[1]', null]);
});

test('a walk is made the last one, by who has the lead', () => {
  const { client, store, keysOf } = openStore();
  const walk = { id: 'id', position: '4-0', beganAt: 1, endedAt: 2, expiresAt: 3, content: 'content' };
  void store.setWalk(walk, 'me');
  expect([client.at(0).script, keysOf(0), client.at(0).args]).toEqual([
    SET_WALK,
    [`${PREFIX}:walk:form:1`, `${PREFIX}:lead:form:1`],
    ['me', 'id', '4-0', '1', '2', '3', 'content'],
  ]);
});

describe('when Redis', () => {
  test.each([
    ['refuses, it is not away', true, false],
    ['does not answer, it is away', false, true],
  ])('%s, and whoever asked is told', async (_how, isRefused, isAway) => {
    const { client, epoch, store } = openStore();
    const failed = store.sync(null, []).catch(() => 'failed');
    await (isRefused ? client.refuse(0) : client.timeOut(0));
    expect([await failed, epoch.isAway, store.isAway]).toEqual(['failed', isAway, isAway]);
  });

  test('is lost, whoever reads the log is told', () => {
    const { client, store } = openStore();
    const lost = vi.fn<() => void>();
    store.onLoss(lost);
    client.lose();
    expect(lost).toHaveBeenCalledTimes(1);
  });
});
