import { describe, expect, test, vi } from 'vitest';
import { fail, succeed } from '../../../src/shared/result.ts';
import { scopeOf } from '../../http/calls.ts';
import { DOWN, fakeClocks, NAMES, pass, ROWS, TTL_MS, walkTo } from './open-index.ts';
import { openReplica, openReplicas, POLL_MS } from './open-replicas.ts';
import { row } from './records.ts';

fakeClocks();

const pacedFor = (retryAfterMs: number) => fail({ kind: 'paced', retryAfterMs });

describe('of several replicas', () => {
  test('one walks, and the others load what it has brought, also while they wait for it', async () => {
    const { one, other, shelf } = openReplicas();
    const rows = Array.from({ length: 450 }, (_, index) => row(`r${index}`));
    const waiting = one.find();
    await pass(0);
    const alsoWaiting = other.find();
    await pass(3 * POLL_MS);
    expect([one.walks.length, other.walks.length]).toEqual([1, 0]);
    (await one.walk(0)).end(succeed(rows));
    expect(await waiting).toHaveLength(450);
    await pass(0);
    await pass(POLL_MS);
    expect(await alsoWaiting).toEqual(rows.map(({ name }) => name).sort());
    expect([shelf.leader, [...shelf.chunks.values()][0]?.length]).toEqual([null, 3]);
    expect(await openReplica(shelf).find()).toHaveLength(450);
  });

  test('each sees what another has written, in order, once it is told', async () => {
    const { one, other } = openReplicas();
    await walkTo(one);
    await other.find();
    await pass(10);
    for (let turn = 1; turn <= 8; turn += 1)
      await one.note({ kind: 'changed', item: row('b', `renamed ${turn}`, turn) });
    await other.note({ kind: 'removed', id: 'a' });
    expect(await other.find()).toEqual(['c', 'renamed 8']);
    expect(await one.find()).toEqual(['c', 'renamed 8']);
    expect(other.walks).toEqual([]);
  });

  test('one that comes later applies to what another has walked what was written since', async () => {
    const { one, shelf } = openReplicas();
    await walkTo(one);
    await pass(10);
    for (let turn = 1; turn <= 8; turn += 1)
      await one.note({ kind: 'changed', item: row('b', `renamed ${turn}`, turn) });
    const late = openReplica(shelf);
    expect(await late.find()).toEqual(['a', 'c', 'renamed 8']);
    expect(late.walks).toEqual([]);
  });

  test('what is loaded is as old as the walk that has brought it', async () => {
    const { one, other } = openReplicas();
    await walkTo(one);
    await pass(TTL_MS - 10);
    await other.find();
    await pass(10);
    void other.find();
    await pass(POLL_MS);
    expect(other.walks).toHaveLength(1);
  });

  test('that a list is too large is known to all from one walk', async () => {
    const { one, other } = openReplicas();
    const found = one.find();
    await pass(0);
    (await one.walk(0)).end(fail({ kind: 'too-large', limit: 3, unit: 'records' }));
    expect(await found).toBe('too-large');
    await pass(0);
    expect(await other.index.read(scopeOf())).toEqual(fail({ kind: 'too-large', limit: 3, unit: 'records' }));
    expect(other.walks).toEqual([]);
  });

  test('the next takes the lead when the walk of the first has failed', async () => {
    const { one, other } = openReplicas();
    const failing = one.find();
    await pass(0);
    const found = other.find();
    await pass(POLL_MS);
    (await one.walk(0)).end(fail(DOWN));
    expect(await failing).toBe('unreachable');
    await pass(POLL_MS);
    (await other.walk(0)).end(succeed(ROWS));
    expect(await found).toEqual(NAMES);
  });

  test('the lead is renewed while a walk lasts, and no longer', async () => {
    const { one } = openReplicas();
    const found = one.find();
    await pass(0);
    await pass(5_000);
    expect(new Set(one.store.leads).size).toBe(1);
    expect(one.store.leads).toHaveLength(3);
    (await one.walk(0)).end(succeed(ROWS));
    await found;
    await pass(5_000);
    expect(one.store.leads).toHaveLength(3);
  });

  test('one that waits for the walk of another is walked by itself when the store fails, and its deadline ends the wait', async () => {
    const { one, other } = openReplicas();
    void one.find();
    await pass(0);
    const hasty = other.find(scopeOf(500));
    const found = other.find();
    await pass(500);
    expect([await hasty, other.walks.length]).toEqual(['timed-out', 0]);
    other.store.isAway = true;
    await pass(POLL_MS);
    (await other.walk(0)).end(succeed(ROWS));
    expect(await found).toEqual(NAMES);
  });

  test('when a walk that the quota holds up will be over is known to all, and it is kept until then', async () => {
    const { one, other } = openReplicas('rows:1', { quotaMs: () => 3 * TTL_MS });
    const waiting = one.index.read(scopeOf(2_000));
    await pass(0);
    const waitingElsewhere = other.index.read(scopeOf(5_000));
    (await one.walk(0)).scope.paced?.(4_000);
    expect(await waiting).toEqual(pacedFor(3 * TTL_MS));
    expect(await one.index.read(scopeOf(2_000))).toEqual(pacedFor(3 * TTL_MS));
    await pass(5_000);
    expect(await waitingElsewhere).toEqual(pacedFor(3 * TTL_MS - 5_000));
    await pass(5_000);
    (await one.walk(0)).end(succeed(ROWS));
    await pass(2 * TTL_MS);
    expect([await one.find(), await other.find()]).toEqual([NAMES, NAMES]);
    await pass(TTL_MS);
    void one.find();
    await pass(0);
    expect([one.walks.length, other.walks.length]).toEqual([2, 0]);
  });

  test('one that waits stops to when it is closed, and when no walk comes to an end', async () => {
    const { one, other } = openReplicas();
    void one.find();
    await pass(0);
    const found = other.find(scopeOf(200_000));
    await pass(POLL_MS);
    other.index.close();
    expect(await found).toBe('timed-out');
    const { shelf } = openReplicas();
    shelf.leader = 'somebody who never ends';
    const waiting = openReplica(shelf).find(scopeOf(200_000));
    await vi.advanceTimersByTimeAsync(120_000 + POLL_MS);
    expect(await waiting).toBe('timed-out');
  });
});
