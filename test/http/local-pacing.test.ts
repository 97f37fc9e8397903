import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LocalPacing } from '../../src/http/pacing/local-pacing.ts';
import type { PacedCall, Turn } from '../../src/http/pacing/pacing.ts';
import { shareQuota } from '../../src/http/pacing/quota-shares.ts';
import { passTo } from './paced-sides.ts';

const WINDOW_MS = 60_000;
const EIGHT = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const OTHERS = EIGHT.map((id) => `${id}2`);

let pacing: LocalPacing;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  // Eight for reads, two for writes.
  pacing = new LocalPacing(shareQuota(10), WINDOW_MS, () => 0);
});

afterEach(() => vi.useRealTimers());

/** A read that can wait for 10 s. */
function callOf(id: string, call: Partial<PacedCall> = {}): PacedCall {
  return { id, caller: id, key: id, priority: 'read', patienceMs: 10_000, maxDurationMs: 10_000, ...call };
}

/** Asks for a call. @returns `starts`, `waits MS` or `told MS` */
function ask(id: string, call: Partial<PacedCall> = {}): string {
  return textOf(pacing.enter(callOf(id, call)));
}

function textOf(turn: Turn): string {
  if (turn.kind === 'started') return 'starts';
  return turn.kind === 'waits' ? `waits ${turn.waitMs}` : `told ${turn.retryAfterMs}`;
}

/** Starts calls. @returns ends them */
function begin(ids: readonly string[], call: Partial<PacedCall> = {}): (wasSent: boolean) => void {
  const turns = ids.map((id) => pacing.enter(callOf(id, call)));
  return (wasSent) => {
    for (const turn of turns) {
      expect(turn.kind).toBe('started');
      if (turn.kind === 'started') turn.end(wasSent);
    }
  };
}

/** Sends calls that end at once. */
function send(ids: readonly string[], call: Partial<PacedCall> = {}): void {
  begin(ids, call)(true);
}

const PATIENT = { patienceMs: 300_000 };
const WRITE = { priority: 'write' } as const;

describe('a call that waits', () => {
  test('keeps its moment when it asks too soon', () => {
    send(EIGHT);
    expect([ask('early', PATIENT), ask('next', PATIENT)]).toEqual(['waits 60000', 'waits 60001']);
    passTo(20_000);
    expect([ask('next', PATIENT), ask('early', PATIENT)]).toEqual(['waits 40001', 'waits 40000']);
  });

  test('has a moment of its own again when the window is closed meanwhile', () => {
    send(EIGHT);
    expect([ask('one', PATIENT), ask('two', PATIENT)]).toEqual(['waits 60000', 'waits 60001']);
    passTo(50_000);
    pacing.throttled(20_000);
    expect([ask('one', PATIENT), ask('two', PATIENT)]).toEqual(['waits 20000', 'waits 20001']);
  });

  test('is there for nobody to stand by for', () => {
    send(EIGHT);
    for (const id of OTHERS) ask(id, PATIENT);
    passTo(60_500);
    expect(ask('other')).toMatch(/^told/);
  });

  test('waits for the call that ends first, in whatever order they do', () => {
    const endLate = begin(EIGHT.slice(0, 1));
    const end = begin(EIGHT.slice(1));
    expect(ask('told', { patienceMs: 0 })).toBe('told 60000');
    passTo(1_000);
    end(true);
    passTo(3_000);
    endLate(true);
    passTo(60_000);
    expect(ask('told')).toBe('waits 1000');
  });

  test('has one place, also when it goes on in the other part of the quota', () => {
    send(EIGHT);
    passTo(5_000);
    const end = begin(['w1', 'w2'], WRITE);
    passTo(6_000);
    expect(ask('w3', { ...WRITE, ...PATIENT })).toBe('waits 54000');
    end(false);
    passTo(60_000);
    expect(pacing.occupied('reads')).toBe(1);
    expect(ask('w3', { ...WRITE, ...PATIENT })).toBe('starts');
    expect([pacing.occupied('reads'), pacing.occupied('writes')]).toEqual([0, 1]);
  });

  test('has one place, also when it waits on in the other part of the quota', () => {
    send(EIGHT);
    passTo(5_000);
    send(['w1', 'w2'], WRITE);
    passTo(6_000);
    expect(ask('w3', { ...WRITE, ...PATIENT })).toBe('waits 54000');
    passTo(59_000);
    pacing.throttled(11_000);
    passTo(60_000);
    expect(ask('w3', { ...WRITE, ...PATIENT })).toBe('waits 10000');
    expect(pacing.occupied('reads')).toBe(0);
  });

  test.each(['read', 'write'] as const)('leaves its place when it is cancelled: a %s', (priority) => {
    send(EIGHT);
    send(['w1', 'w2'], WRITE);
    const call = { priority, ...PATIENT };
    expect([ask('left', call), ask('next', call)]).toEqual(['waits 60000', expect.any(String)]);
    pacing.cancel(callOf('left', call));
    expect(ask('last', call)).toBe('waits 60000');
  });
});

describe('a slot that was told', () => {
  test('is anybody’s in the order of its time, whoever was told it first', () => {
    send(EIGHT);
    ask('left', PATIENT);
    expect(ask('second', { patienceMs: 0 })).toBe('told 60001');
    pacing.cancel(callOf('left'));
    expect(ask('first', { patienceMs: 0 })).toBe('told 60000');
    for (const id of ['3', '4', '5', '6', '7', '8']) ask(id, { patienceMs: 0 });
    passTo(60_500);
    expect(ask('other')).toBe('waits 1500');
  });

  test('is used up by the call that waits on behind it', () => {
    const end = begin(EIGHT);
    expect(ask('late', { patienceMs: 0 })).toBe('told 60000');
    passTo(1_000);
    end(true);
    passTo(60_000);
    expect(ask('again', { caller: 'late', key: 'late' })).toBe('waits 1000');
    passTo(61_000);
    expect(ask('again', { caller: 'late', key: 'late' })).toBe('starts');
    expect(pacing.callsLeft().read).toBe(7);
  });

  test('counts from its time on, until it has lapsed', () => {
    send(EIGHT);
    for (const id of ['1', '2']) ask(id, { patienceMs: 0 });
    passTo(60_000);
    expect([pacing.occupied('reads'), pacing.callsLeft().read]).toEqual([1, 7]);
    passTo(60_001);
    expect([pacing.occupied('reads'), pacing.callsLeft().read]).toEqual([2, 6]);
    passTo(62_001);
    expect([pacing.occupied('reads'), pacing.callsLeft().read]).toEqual([0, 8]);
  });

  test('counts once, with somebody who stands by for it', () => {
    send(EIGHT);
    for (const id of OTHERS) ask(id, { patienceMs: 0 });
    passTo(60_500);
    expect(ask('other')).toBe('waits 1500');
    passTo(62_000);
    expect(pacing.occupied('reads')).toBe(7);
  });

  test('is had up to five seconds later by who comes back, so that others are served before', () => {
    const end = begin(EIGHT);
    for (const id of OTHERS) ask(id, { patienceMs: 0 });
    // They could not be sent, and leave all their room.
    end(false);
    passTo(5_007);
    send(['soon']);
    passTo(60_007);
    expect(OTHERS.map((id) => ask(id))).toEqual([...EIGHT.slice(1).map(() => 'starts'), 'waits 5000']);
  });

  test('is had no later than that', () => {
    const end = begin(EIGHT);
    for (const id of OTHERS) ask(id, { patienceMs: 0 });
    end(false);
    passTo(5_008);
    expect(ask('late')).toMatch(/^told/);
  });

  test('is had at its time by who waits for it', () => {
    const end = begin(EIGHT);
    for (const id of OTHERS) ask(id, PATIENT);
    end(false);
    passTo(7);
    expect(ask('late')).toBe('starts');
    passTo(8);
    expect(ask('later')).toMatch(/^told/);
  });

  test('is not stood by for while the window is closed', () => {
    send(EIGHT);
    for (const id of OTHERS) ask(id, { patienceMs: 0 });
    passTo(59_000);
    pacing.throttled(11_000);
    passTo(60_500);
    expect(ask('other')).toMatch(/^told/);
  });
});

describe('what others have let start', () => {
  test('counts, whether there is room for it or not', () => {
    send(EIGHT);
    const turn = pacing.start(callOf('ninth'), 'reads');
    expect(pacing.occupied('reads')).toBe(9);
    expect(turn).toMatchObject({ kind: 'started', part: 'reads' });
    passTo(1_000);
    if (turn.kind === 'started') turn.end(true);
    passTo(60_999);
    expect(pacing.occupied('reads')).toBe(1);
    passTo(61_000);
    expect(pacing.occupied('reads')).toBe(0);
  });

  test('gives up the place at which it waited', () => {
    send(EIGHT);
    expect(ask('waits', PATIENT)).toBe('waits 60000');
    pacing.start(callOf('waits'), 'writes');
    passTo(60_000);
    expect([pacing.occupied('reads'), pacing.occupied('writes')]).toEqual([0, 1]);
  });
});

test('each call tells for how long it goes on to count: a whole window while it is under way', () => {
  begin(['open']);
  send(['w'], WRITE);
  send(['old']);
  passTo(10_000);
  send(['new']);
  expect(Object.fromEntries(pacing.countingFor('reads'))).toEqual({ open: 60_000, old: 50_000, new: 60_000 });
  expect(Object.fromEntries(pacing.countingFor('writes'))).toEqual({ w: 50_000 });
  passTo(60_000);
  expect([...pacing.countingFor('reads').keys()]).toEqual(['open', 'new']);
});

test('where one call is all there is, what nobody waits for comes back a window later', () => {
  pacing = new LocalPacing(shareQuota(1), WINDOW_MS);
  const walk = callOf('walk', { priority: 'background' });
  expect(pacing.enter(walk)).toEqual({ kind: 'refused', retryAfterMs: 60_000 });
});
