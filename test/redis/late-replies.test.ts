import { setImmediate as immediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { probeWrites } from '../../src/redis/probe-writes.ts';
import { RedisReadStore } from '../../src/redis/redis-read-store.ts';
import { RedisWriteEpoch } from '../../src/redis/redis-write-epoch.ts';
import { superviseConnection } from '../../src/redis/supervise-connection.ts';
import { openConnection, ScriptedClient } from './scripted-client.ts';

const errorOf = (error: unknown): unknown => error;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

// Immediates stay real: they run when the clock is advanced.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function openEpoch() {
  const connected = openConnection();
  return { ...connected, epoch: new RedisWriteEpoch(connected.connection, '{scope}', 5_000, silent) };
}

function openSupervised() {
  const client = new ScriptedClient();
  superviseConnection(client);
  client.emit('connect');
  // Nothing was heard before.
  vi.advanceTimersByTime(1);
  const destroyed = vi.spyOn(client.stream, 'destroy').mockReturnThis();
  return { client, destroyed, ping: () => client.ping() };
}

const run = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
  await immediate();
};

describe('a connection that is supervised', () => {
  test('gives up a command after 80 ms', async () => {
    const { ping } = openSupervised();
    const failed = vi.fn<(error: unknown) => void>();
    ping().catch(failed);
    await run(79);
    expect(failed).not.toHaveBeenCalled();
    await run(1);
    expect(failed).toHaveBeenCalledWith(expect.objectContaining({ code: 'LATE' }));
  });

  test('is given up after 250 ms without a word, and not when there was one', async () => {
    const { client, destroyed, ping } = openSupervised();
    ping().catch(() => {});
    await run(80);
    await run(169);
    expect(destroyed).not.toHaveBeenCalled();
    await run(1);
    expect(destroyed).toHaveBeenCalledWith(expect.objectContaining({ code: 'SILENT' }));
    destroyed.mockClear();
    ping().catch(() => {});
    await run(80);
    client.stream.emit('data', Buffer.alloc(0));
    await run(1_000);
    expect(destroyed).not.toHaveBeenCalled();
  });

  test('is given up when it says what nobody asked for, which no reader gets; what was asked for they get', async () => {
    const client = new ScriptedClient();
    const got: string[] = [];
    client.stream.on('data', (chunk: Buffer) => void got.push(String(chunk)));
    superviseConnection(client);
    client.emit('connect');
    const destroyed = vi.spyOn(client.stream, 'destroy').mockReturnThis();
    client.stream.emit('data', Buffer.from('+OK\r\n'));
    expect([got, destroyed.mock.calls]).toEqual([[], [[expect.objectContaining({ code: 'UNASKED' })]]]);
    client.stream.emit('data', Buffer.alloc(0));
    expect(got).toEqual(['']);
  });

  test('is not asked for a command that is over', async () => {
    const { client, destroyed, ping } = openSupervised();
    const answered = ping();
    client.sent[0]?.resolve('PONG');
    expect(await answered).toBe('PONG');
    await run(1_000);
    expect(destroyed).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the probe', () => {
  test('writes once a second, and notices that writes are refused', async () => {
    const { client, redis, epoch } = openEpoch();
    const stop = probeWrites(redis, epoch, '{scope}');
    await vi.advanceTimersByTimeAsync(999);
    expect(client.sent).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(client.at(0).key).toBe('scg:probe:1:{scope}');
    await client.answer(0);
    expect(epoch.isAway).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    await client.refuse(1, 'READONLY no');
    expect(epoch.isAway).toBe(true);
    stop();
    await client.answer(2);
    expect(epoch.isAway).toBe(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.sent).toHaveLength(3);
  });

  test('rests while this replica is on its own', async () => {
    const { client, redis, epoch } = openEpoch();
    probeWrites(redis, epoch, '{scope}');
    client.lose();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(client.sent).toHaveLength(0);
  });
});

describe('a connection', () => {
  test.each(['close', '-node'])('is lost with %j: what replicas share is not trusted any more', (event) => {
    const { client, epoch } = openEpoch();
    client.emit(event);
    expect(epoch.isAway).toBe(true);
  });

  test('is made again when it gave the reply to another command', async () => {
    const { client, redis } = openConnection();
    const [first, second] = [redis.run('return {ARGV[1]}', ['a']), redis.run('return {ARGV[1]}', ['b'])];
    const failed = second?.catch(errorOf);
    client.sent[1]?.resolve([client.at(0).call]);
    expect(await failed).toMatchObject({ code: 'FOREIGN' });
    expect(client.reconnects).toBe(1);
    await client.answer(0, 'mine');
    expect(await first).toEqual(['mine']);
  });
});

describe('texts that Redis has not confirmed', () => {
  test('are bounded: what is more is not stored', async () => {
    const { client, redis, epoch } = openEpoch();
    const store = new RedisReadStore(redis, epoch, '{scope}');
    const text = 'x'.repeat(3 * 1_048_576);
    for (const key of ['a', 'b', 'c']) store.set(key, text, 1_000);
    expect(client.sent).toHaveLength(2);
    await client.answer(0);
    store.set('d', text, 1_000);
    expect(client.sent).toHaveLength(3);
  });

  test('leave this replica on its own when they are late, and not when Redis refuses them', async () => {
    const { client, redis, epoch } = openEpoch();
    const store = new RedisReadStore(redis, epoch, '{scope}');
    store.set('a', 'text', 1_000);
    await client.refuse(0);
    expect(epoch.isAway).toBe(false);
    store.set('b', 'text', 1_000);
    await client.timeOut(1);
    expect(epoch.isAway).toBe(true);
  });
});
