import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Bulkhead } from '../../src/http/bulkhead.ts';
import { ClientAbort } from '../../src/http/client-abort.ts';
import type { Failure } from '../../src/http/failure.ts';
import { scopeOf } from './calls.ts';

// Before the first call has ended.
const FIRST_GUESS_MS = 50;
const READ = false;
const WRITE = true;

beforeEach(() => vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

/** A bulkhead in which these many reads and writes are under way. */
function occupied(slots: number, reads: number, writes = 0): Bulkhead {
  const bulkhead = new Bulkhead(slots);
  for (let read = 0; read < reads; read += 1) expect(bulkhead.tryEnter(READ)).toBe(true);
  for (let write = 0; write < writes; write += 1) expect(bulkhead.tryEnter(WRITE)).toBe(true);
  return bulkhead;
}

/** Those who wait, by name, in the order in which their wait ended. */
class Queue {
  readonly ended: Array<readonly [string, Failure | null]> = [];
  readonly #bulkhead: Bulkhead;

  constructor(bulkhead: Bulkhead) {
    this.#bulkhead = bulkhead;
  }

  async wait(name: string, isWrite: boolean, deadlineMs = 10_000, signal = new ClientAbort()): Promise<void> {
    const failure = await this.#bulkhead.enter(isWrite, scopeOf(deadlineMs, signal));
    this.ended.push([name, failure]);
  }
}

const settle = () => vi.advanceTimersByTimeAsync(0);

test.each([
  [1, 1, 1],
  [2, 1, 2],
  [8, 7, 8],
  [9, 7, 9],
  [64, 56, 64],
])('of %i slots, reads get %i and all together %i', (slots, reads, all) => {
  const bulkhead = occupied(slots, reads);
  expect(bulkhead.tryEnter(READ)).toBe(false);
  for (let more = reads; more < all; more += 1) expect(bulkhead.tryEnter(WRITE)).toBe(true);
  expect([bulkhead.tryEnter(WRITE), bulkhead.inUse]).toEqual([false, all]);
});

test('who waits is served in the order of arrival', async () => {
  const bulkhead = occupied(1, 1);
  const queue = new Queue(bulkhead);
  for (const name of ['first', 'second', 'third']) void queue.wait(name, READ);
  expect(bulkhead.waiting).toBe(3);
  for (let left = 2; left >= 0; left -= 1) {
    bulkhead.leave(READ, 1, true);
    await settle();
    expect([bulkhead.waiting, bulkhead.inUse]).toEqual([left, 1]);
  }
  expect(queue.ended).toEqual([
    ['first', null],
    ['second', null],
    ['third', null],
  ]);
  bulkhead.leave(READ, 1, true);
  expect(bulkhead.inUse).toBe(0);
});

test('a slot that is kept for writes goes to the first write; any other to whoever came first', async () => {
  const bulkhead = occupied(16, 14, 2);
  const queue = new Queue(bulkhead);
  for (const [name, isWrite] of Object.entries({ r1: READ, w1: WRITE, r2: READ, w2: WRITE }))
    void queue.wait(name, isWrite);
  bulkhead.leave(WRITE, 1, true);
  await settle();
  expect(queue.ended.map(([name]) => name)).toEqual(['w1']);
  bulkhead.leave(READ, 1, true);
  await settle();
  bulkhead.leave(READ, 1, true);
  await settle();
  bulkhead.leave(READ, 1, true);
  await settle();
  expect(queue.ended.map(([name]) => name)).toEqual(['w1', 'r1', 'r2', 'w2']);
});

test('a write that came first is served before a read, from the slots of both', async () => {
  const bulkhead = occupied(8, 7, 1);
  const queue = new Queue(bulkhead);
  void queue.wait('write', WRITE);
  void queue.wait('read', READ);
  expect(bulkhead.waiting).toBe(2);
  bulkhead.leave(READ, 1, true);
  await settle();
  expect([queue.ended, bulkhead.waiting]).toEqual([[['write', null]], 1]);
});

test.each([
  [8, 4, 0, true],
  [8, 3, 1, true],
  [8, 5, 0, false],
  [8, 4, 1, false],
  [7, 3, 0, true],
  [7, 4, 0, false],
])(
  'of %i slots, with %i reads and %i writes under way, half are free: %s',
  (slots, reads, writes, isFree) => {
    expect(occupied(slots, reads, writes).isHalfEmpty).toBe(isFree);
  },
);

test('where somebody waits nothing is free', () => {
  const bulkhead = occupied(2, 1);
  expect(bulkhead.isHalfEmpty).toBe(true);
  void bulkhead.enter(READ, scopeOf());
  expect(bulkhead.isHalfEmpty).toBe(false);
});

test('a slot that only a write may take does not let a read through', async () => {
  const bulkhead = occupied(8, 7, 1);
  const queue = new Queue(bulkhead);
  void queue.wait('read', READ);
  bulkhead.leave(WRITE, 1, true);
  await settle();
  expect([queue.ended, bulkhead.inUse]).toEqual([[], 7]);
});

test('whom it cannot serve in time is refused at once, with the wait that it expects', async () => {
  const bulkhead = occupied(1, 1);
  const queue = new Queue(bulkhead);
  void queue.wait('patient', READ);
  // Two waits of 50 ms and a service of 50 ms, each with a margin of a quarter.
  await queue.wait('too hasty', READ, 187);
  await settle();
  expect(queue.ended).toEqual([['too hasty', { kind: 'overloaded', retryAfterMs: 2 * FIRST_GUESS_MS }]]);
  void queue.wait('just in time', READ, 187.5);
  expect(bulkhead.waiting).toBe(2);
});

test('whose slot does not come is told when the time that is left is not enough for a call', async () => {
  const queue = new Queue(occupied(1, 1));
  void queue.wait('long', READ, 1_000);
  void queue.wait('short', READ, 500);
  // 50 ms for the call itself, with its margin.
  await vi.advanceTimersByTimeAsync(437);
  expect(queue.ended).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(queue.ended.map(([name, failure]) => [name, failure?.kind])).toEqual([['short', 'overloaded']]);
  await vi.advanceTimersByTimeAsync(499);
  expect(queue.ended).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(queue.ended.map(([name]) => name)).toEqual(['short', 'long']);
});

test('one timer is for all who wait: it goes off when the first of them has to be told, whoever came first', async () => {
  const queue = new Queue(occupied(1, 1));
  // 62.5 ms of it for the call itself.
  void queue.wait('long', READ, 1_062.5);
  void queue.wait('short', READ, 562.5);
  void queue.wait('longest', READ, 2_062.5);
  expect(vi.getTimerCount()).toBe(1);
  for (const [passedMs, told] of [
    [499, 0],
    [1, 1],
    [499, 1],
    [1, 2],
    [1_000, 3],
  ] as const) {
    await vi.advanceTimersByTimeAsync(passedMs);
    expect(queue.ended).toHaveLength(told);
  }
  expect(queue.ended.map(([name]) => name)).toEqual(['short', 'long', 'longest']);
});

test('who was served or has left is not told a second time, and takes no slot', async () => {
  const bulkhead = occupied(1, 1);
  const queue = new Queue(bulkhead);
  const clientAbort = new ClientAbort();
  void queue.wait('left', READ, 1_000, clientAbort);
  void queue.wait('served', READ, 1_000);
  clientAbort.abort();
  await settle();
  expect([queue.ended, bulkhead.waiting]).toEqual([[['left', { kind: 'cancelled', sent: false }]], 1]);
  bulkhead.leave(READ, 1, true);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(queue.ended.map(([name, failure]) => [name, failure?.kind ?? 'slot'])).toEqual([
    ['left', 'cancelled'],
    ['served', 'slot'],
  ]);
  expect([bulkhead.waiting, bulkhead.inUse]).toEqual([0, 1]);
});

test('who has left before asking is not put into the queue', async () => {
  const bulkhead = occupied(1, 1);
  const queue = new Queue(bulkhead);
  const clientAbort = new ClientAbort();
  clientAbort.abort();
  await queue.wait('left', READ, 1_000, clientAbort);
  expect([queue.ended, bulkhead.waiting]).toEqual([[['left', { kind: 'cancelled', sent: false }]], 0]);
});

/** What is told to who cannot be served: the estimate of one service, shared by the slots that it may use. */
async function estimateMs(bulkhead: Bulkhead, isWrite = READ): Promise<number | null> {
  const failure = await bulkhead.enter(isWrite, scopeOf(0));
  return failure?.kind === 'overloaded' ? failure.retryAfterMs : null;
}

test.each([
  ['a read among the slots of reads', 8, 7, 1, READ, Math.ceil(FIRST_GUESS_MS / 7)],
  ['a write among its own and those that reads leave', 8, 4, 4, WRITE, Math.ceil(FIRST_GUESS_MS / 4)],
  ['a write among its own', 16, 14, 2, WRITE, FIRST_GUESS_MS / 2],
  ['a write in the only slot', 1, 1, 0, WRITE, FIRST_GUESS_MS],
])('%s expects its turn in its share of a service', async (_who, slots, reads, writes, isWrite, waitMs) => {
  expect(await estimateMs(occupied(slots, reads, writes), isWrite)).toBe(waitMs);
});

test('the estimate follows what calls really take', async () => {
  const bulkhead = occupied(1, 1);
  expect(await estimateMs(bulkhead)).toBe(50);
  bulkhead.leave(READ, 150, true);
  bulkhead.tryEnter(READ);
  expect(await estimateMs(bulkhead)).toBe(60);
  bulkhead.leave(READ, 0, true);
  bulkhead.tryEnter(READ);
  expect(await estimateMs(bulkhead)).toBe(54);
});

test('a call that its caller cut short never makes the upstream look faster, only slower', async () => {
  const bulkhead = occupied(1, 1);
  bulkhead.leave(READ, 5, false);
  bulkhead.tryEnter(READ);
  expect(await estimateMs(bulkhead)).toBe(50);
  bulkhead.leave(READ, 150, false);
  bulkhead.tryEnter(READ);
  expect(await estimateMs(bulkhead)).toBe(60);
});
