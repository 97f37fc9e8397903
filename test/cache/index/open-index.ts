import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, onTestFinished, vi } from 'vitest';
import type { IndexFailure } from '../../../src/cache/index/index-kind.ts';
import type { RecordIndexOptions } from '../../../src/cache/index/index-options.ts';
import type { Patch } from '../../../src/cache/index/patch.ts';
import { RecordIndex } from '../../../src/cache/index/record-index.ts';
import { MemoryBudget } from '../../../src/cache/memory-budget.ts';
import type { CallScope } from '../../../src/http/call.ts';
import { type Result, succeed } from '../../../src/shared/result.ts';
import { scopeOf } from '../../http/calls.ts';
import { type Row, row } from './records.ts';

export const TTL_MS = 10_000;
export const UNSETTLED_MS = 4_000;
export const ROWS = [row('a'), row('b'), row('c')];
export const NAMES = ['a', 'b', 'c'];
export const RENAME: Patch<Row> = { kind: 'changed', item: row('b', 'renamed', 1) };
export const REMOVE: Patch<Row> = { kind: 'removed', id: 'a' };
export const DOWN = { kind: 'unreachable', errorCode: 'ECONNREFUSED' } as const;

/** A walk that is under way until the test ends it. */
interface OpenWalk {
  readonly scope: CallScope;
  end(outcome: Result<readonly Row[], IndexFailure>): void;
  break(error: Error): void;
}

/** An index whose walks each end when the test says so. */
export function openIndex(options: Partial<RecordIndexOptions<Row, Row>> = {}) {
  const walks: OpenWalk[] = [];
  const index = new RecordIndex<Row, Row>({
    walk: (scope) =>
      new Promise((resolve, reject) => {
        walks.push({ scope, end: resolve, break: reject });
      }),
    toEntry: (each) => each,
    toItem: (each) => each,
    ttlMs: TTL_MS,
    unsettledMs: UNSETTLED_MS,
    budget: new MemoryBudget(1_000_000),
    hasSpareCapacity: () => true,
    quotaMs: () => 0,
    shared: null,
    ...options,
  });
  onTestFinished(() => index.close());
  return {
    index,
    walks,
    /** The walk of this number, which has to be under way. Needs a fake clock. */
    walk: async (turn: number): Promise<OpenWalk> => {
      await vi.advanceTimersByTimeAsync(0);
      const walk = walks[turn];
      if (!walk) throw new Error(`There is no walk ${turn}.`);
      return walk;
    },
    /** What is found now; a failure's kind where there is nothing. */
    find: async (scope: CallScope = scopeOf()) => {
      const read = await index.read(scope);
      return read.ok ? read.value.map(({ name }) => name).sort() : read.failure.kind;
    },
    /** Tells of a write that took so long and has ended just now. */
    note: (patch: Patch<Row>, { isSettled = true, tookMs = 0 } = {}) =>
      index.note({ patch, isSettled, tookMs }),
  };
}

export type OpenIndex = ReturnType<typeof openIndex>;

/** Has the next walk bring these rows, and gives what is found then. Needs a fake clock. */
export async function walkTo(opened: OpenIndex, rows: readonly Row[] = ROWS, tookMs = 0) {
  const turn = opened.walks.length;
  const found = opened.find();
  await pass(0);
  const walk = await opened.walk(turn);
  await pass(tookMs);
  walk.end(succeed(rows));
  const names = await found;
  await pass(0);
  return names;
}

/** An index that was walked just now. Needs a fake clock. */
export async function openWalked(options: Parameters<typeof openIndex>[0] = {}): Promise<OpenIndex> {
  const opened = openIndex(options);
  await walkTo(opened);
  return opened;
}

/** Lets time pass on a fake clock, and everything happen that needs none. */
export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 10; turn += 1) await setImmediate();
}

/** Fakes every clock that an index has, and leaves what needs no time as it is. */
export function fakeClocks(): void {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
    });
    // A clock that began long ago.
    vi.advanceTimersByTime(1_000_000);
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}
