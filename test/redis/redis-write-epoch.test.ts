import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Epoch } from '../../src/cache/write-epoch.ts';
import { RedisWriteEpoch } from '../../src/redis/redis-write-epoch.ts';
import { openConnection } from './scripted-client.ts';

const UNSETTLED_MS = 5_000;
const NAME = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function openEpoch(isConnected = true) {
  const connected = openConnection();
  if (!isConnected) connected.client.status = 'connecting';
  const warnings: string[] = [];
  const log = (data: object, text: string): void =>
    void warnings.push('reason' in data ? `${text} (${String(data.reason)})` : text);
  const logger = { debug: log, info: log, warn: log, error: log };
  const epoch = new RedisWriteEpoch(connected.connection, '{scope}', UNSETTLED_MS, logger);
  /** Asks for the present epoch, which Redis answers with this. */
  const ask = async (stored: unknown = `${NAME} 0`, now = 1): Promise<Epoch> => {
    const current = Promise.resolve(epoch.current());
    if (!epoch.isAway) await connected.client.answer(-1, stored, now);
    return current;
  };
  return { ...connected, epoch, ask, warnings };
}

test('the epoch is what Redis says, settled when its time has come', async () => {
  const { ask } = openEpoch();
  expect(await ask(`${NAME} 100`, 99)).toEqual({ name: NAME, isSettled: false });
  expect(await ask(`${NAME} 100`, 100)).toEqual({ name: NAME, isSettled: true });
});

test('every replica of a scope asks, begins and tells the same one', async () => {
  const { client, epoch } = openEpoch();
  void epoch.current();
  await client.answer(0, null, 1);
  void epoch.advance(true);
  expect([0, 1, 2].map((turn) => client.at(turn).key)).toEqual(Array(3).fill('scg:epoch:3:{scope}'));
  for (const { args } of client.sent) expect(args[1]).toBe('1');
});

test('where there is none one is begun, and whoever was first has named it', async () => {
  const { client, epoch } = openEpoch();
  const current = Promise.resolve(epoch.current());
  await client.answer(0, null, 1);
  await client.answer(1, `${OTHER} 0`, 1);
  expect(await current).toEqual({ name: OTHER, isSettled: true });
});

describe('a write', () => {
  test('is answered when Redis has taken its epoch, and not before', async () => {
    const { client, epoch } = openEpoch();
    const told = vi.fn<() => void>();
    void epoch.advance(true).then(told);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).not.toHaveBeenCalled();
    await client.answer(0);
    expect([told.mock.calls.length, epoch.isAway]).toEqual([1, false]);
  });

  test('tells each time another name, and how long it stays unsettled', async () => {
    const { client, epoch } = openEpoch();
    for (const isSettled of [true, false]) void epoch.advance(isSettled);
    await vi.advanceTimersByTimeAsync(UNSETTLED_MS - 1);
    void epoch.advance(true);
    await vi.advanceTimersByTimeAsync(1);
    void epoch.advance(true);
    const told = [0, 1, 2, 3].map((turn) => client.at(turn).args);
    expect(new Set(told.map(([name]) => name)).size).toBe(4);
    expect(told.map(([, unsettledMs]) => unsettledMs)).toEqual(['0', String(UNSETTLED_MS), '1', '0']);
  });

  test('that cannot be told leaves this replica on its own, and is told before the shared epoch is trusted', async () => {
    const { client, epoch, ask, returned } = openEpoch();
    const written = epoch.advance(true);
    await client.timeOut(0);
    await written;
    const own = await ask();
    expect([epoch.isAway, own.name === NAME]).toEqual([true, false]);
    await client.answer(1);
    expect([epoch.isAway, returned.mock.calls.length]).toEqual([false, 1]);
    expect((await ask()).name).toBe(NAME);
  });

  test('of unknown outcome keeps the own epoch unsettled too, and is told with what is left of its time', async () => {
    const { client, epoch, ask } = openEpoch();
    const written = epoch.advance(false);
    await client.timeOut(0);
    await written;
    expect((await ask()).isSettled).toBe(false);
    client.lose();
    await client.timeOut(1);
    await vi.advanceTimersByTimeAsync(UNSETTLED_MS - 1_000);
    client.comeBack();
    expect(client.at(-1).args[1]).toBe('1000');
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await ask()).isSettled).toBe(true);
  });

  test('waits for Redis no longer than a moment while this replica is on its own', async () => {
    const { epoch } = openEpoch();
    epoch.suspend();
    const told = vi.fn<() => void>();
    void epoch.advance(true).then(told);
    await vi.advanceTimersByTimeAsync(19);
    expect(told).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(told).toHaveBeenCalledOnce();
  });
});

describe('the way back', () => {
  test('is begun at once, and goes on ten times a second while Redis is connected', async () => {
    const { client, epoch } = openEpoch();
    epoch.suspend();
    expect(client.sent).toHaveLength(1);
    await client.refuse(0);
    await vi.advanceTimersByTimeAsync(99);
    expect(client.sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(client.sent).toHaveLength(2);
    client.lose();
    await client.refuse(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.sent).toHaveLength(2);
    client.comeBack();
    expect(client.sent).toHaveLength(3);
  });

  test('is gone once, however many find Redis away', async () => {
    const { client, epoch } = openEpoch();
    for (let times = 0; times < 5; times += 1) epoch.suspend();
    expect(client.sent).toHaveLength(1);
    await client.refuse(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(client.sent).toHaveLength(2);
  });

  test('does not count when a write ended meanwhile: it is made again', async () => {
    const { client, epoch, returned } = openEpoch();
    epoch.suspend();
    const written = epoch.advance(true);
    await client.answer(0);
    expect([epoch.isAway, returned.mock.calls.length]).toEqual([true, 0]);
    await client.answer(1);
    await written;
    expect([epoch.isAway, returned.mock.calls.length]).toEqual([false, 1]);
  });

  test('is not over with a reply that was sent before the connection was lost again', async () => {
    const { client, epoch } = openEpoch();
    epoch.suspend();
    const before = epoch.current();
    client.lose();
    await client.timeOut(0);
    expect([epoch.isAway, epoch.current()]).toEqual([true, before]);
  });

  test('ends with an epoch that was never used, so nothing kept meanwhile comes back', async () => {
    const { client, epoch, ask } = openEpoch();
    const alone = epoch.suspend();
    await client.answer(0);
    expect((await ask()).name).not.toBe(alone.name);
    const again = epoch.suspend();
    expect(again.name).not.toBe(alone.name);
  });
});

test.each<[what: string, stored: unknown, now: unknown]>([
  ['a number', 1, 1],
  ['another text', 'epoch 0', 1],
  ['a name without a time', NAME, 1],
  ['a time as a text', `${NAME} 0`, '1'],
])('%s in the place of an epoch leaves this replica on its own', async (_what, stored, now) => {
  const { client, epoch } = openEpoch();
  const current = Promise.resolve(epoch.current());
  await client.answer(0, stored, now);
  expect([(await current).name === NAME, epoch.isAway]).toEqual([false, true]);
});

test('a reply that comes after it was given up is not used', async () => {
  const { client, epoch } = openEpoch();
  const current = Promise.resolve(epoch.current());
  await client.timeOut(0);
  const alone = await current;
  await client.answer(0, `${NAME} 0`, 1);
  expect(epoch.current()).toEqual(alone);
});

test('a connection that is not there yet is waited for by nobody', async () => {
  const { client, epoch, ask } = openEpoch(false);
  expect([epoch.isAway, client.sent.length]).toEqual([true, 0]);
  const written = epoch.advance(true);
  await vi.advanceTimersByTimeAsync(20);
  await written;
  client.comeBack();
  await client.answer(-1);
  expect((await ask()).name).toBe(NAME);
});

test('the log is told once that writes are refused, by which word, and once that they are taken again', async () => {
  const { client, epoch, warnings } = openEpoch();
  epoch.suspend();
  for (const turn of [0, 1, 2]) {
    await client.refuse(turn, 'OOM command not allowed');
    await vi.advanceTimersByTimeAsync(100);
  }
  await client.answer(3);
  void epoch.advance(true);
  await client.answer(4);
  const told = ['Redis takes no writes: what replicas share is off (OOM)', 'Redis takes writes again'];
  expect(warnings).toEqual(told);
  void epoch.advance(true);
  await client.refuse(5);
  expect(warnings).toEqual([...told, told[0]]);
});
