import type { OperationName } from './operations.ts';

/** What an operation comes to, and after how many upstream calls. */
export type Result = readonly [outcome: string, calls: number];
export type Results = Readonly<Record<OperationName, Result>>;

/** What operations come to when the fault happens … */
export interface Expectation {
  /** … every time. */
  readonly always: Results;
  /** … the first time, and nothing was applied; `null` where nothing is ever repeated. */
  readonly once: Results | null;
  /** … the first time, after the write was applied; `null` where that would be a lie. */
  readonly applied: Results | null;
}

const UNKNOWN = 'WRITE_OUTCOME_UNKNOWN';

const results = (read: Result, rename: Result, deletion: Result, add: Result, create: Result): Results => ({
  read,
  rename,
  delete: deletion,
  add,
  create,
});
const same = (outcome: string, calls: number): Results => {
  const result: Result = [outcome, calls];
  return results(result, result, result, result, result);
};

// A membership call that is repeated after an unclear try finds its own work and is refused: one read tells that the
// members are in, another gives the collection.
const RECOVERED_APPLIED = results(['ok', 2], ['ok', 2], ['ok', 2], ['ok', 4], [UNKNOWN, 1]);
const RECOVERED = results(['ok', 2], ['ok', 2], ['ok', 2], ['ok', 2], [UNKNOWN, 1]);

/** The request went out and no usable answer came. @param code what a read is told in the end */
export function lost(code: string, calls = 3) {
  // The read that is to settle the write fails as often.
  const write: Result = [UNKNOWN, 2 * calls];
  return {
    always: results([code, calls], write, write, write, [UNKNOWN, 1]),
    once: RECOVERED,
    applied: RECOVERED_APPLIED,
  };
}

/** No answer came in time: before a write is repeated, a read tells whether it was made. */
export function late(): Expectation {
  const write: Result = [UNKNOWN, 4];
  return {
    always: results(['UPSTREAM_TIMEOUT', 3], write, write, write, [UNKNOWN, 1]),
    once: results(['ok', 2], ['ok', 3], ['ok', 3], ['ok', 3], [UNKNOWN, 1]),
    applied: results(['ok', 2], ['ok', 2], ['ok', 2], ['ok', 3], [UNKNOWN, 1]),
  };
}

/** A 2xx whose body is no JSON: repeated like a lost answer. */
export function unreadable(): Expectation {
  return { ...lost('UPSTREAM_BAD_RESPONSE'), once: null };
}

/** A 2xx without a body: a deletion needs none. */
export function empty(): Expectation {
  const { always, applied } = lost('UPSTREAM_BAD_RESPONSE');
  const deletion: Result = ['ok', 1];
  return {
    always: { ...always, delete: deletion },
    once: null,
    applied: { ...applied, delete: deletion },
  };
}

/** A 2xx in JSON that is not what the reference promises: repeating it would bring the same, so it is read once. */
export function malformed(): Expectation {
  return everyTime({ ...incomprehensible().always, delete: ['ok', 1] });
}

/** Such a 2xx that is not even an object, so that it does not confirm a deletion either. */
export function incomprehensible(): Expectation {
  const write: Result = [UNKNOWN, 2];
  return everyTime(results(['UPSTREAM_BAD_RESPONSE', 1], write, write, write, [UNKNOWN, 1]));
}

/** A status that is final, but does not say whether a write was made: one read is to tell. @param code what a read is told */
export function unclear(code: string): Expectation {
  const write: Result = [UNKNOWN, 2];
  return everyTime(results([code, 1], write, write, write, [UNKNOWN, 1]));
}

/** A refusal: nothing was done, nothing is repeated. @param exceptions operations that are told something else */
export function refused(code: string, exceptions: Partial<Results> = {}): Expectation {
  return everyTime({ ...same(code, 1), ...exceptions });
}

/** A refusal that may be about an id: a bulk edit reads the collection behind it. */
export function refusedForIds(code: string, exceptions: Partial<Results> = {}): Expectation {
  return refused(code, { add: [code, 2], ...exceptions });
}

/** A refusal that asks to come again. */
export function askedToRepeat(code: string): Expectation {
  return { always: same(code, 3), once: same('ok', 2), applied: null };
}

/** A strange answer that is good enough. */
export function harmless(): Expectation {
  return everyTime(same('ok', 1));
}

function everyTime(every: Results): Expectation {
  return { always: every, once: null, applied: null };
}
