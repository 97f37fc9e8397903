import { fail, type Result } from '../shared/result.ts';
import type { CallScope } from './call.ts';
import { Departure } from './departure.ts';
import type { Failure } from './failure.ts';

interface Flight<Value> {
  readonly result: Promise<Result<Value, Failure>>;
  readonly leader: CallScope;
  readonly departure: Departure;
  waiters: number;
}

/** Lets equal reads that are in flight at the same time share one upstream call. */
export class SharedReads<Value> {
  readonly #flights = new Map<string, Flight<Value>>();

  /**
   * Joins the read under way for this key, or starts one.
   * @param start reads with the given scope; that scope is cancelled when the last waiter has gone
   */
  async read(
    key: string,
    scope: CallScope,
    start: (scope: CallScope) => Promise<Result<Value, Failure>>,
  ): Promise<Result<Value, Failure>> {
    const joined = this.#flights.get(key);
    if (joined) scope.tally.shared += 1;
    const result = await this.#wait(key, joined ?? this.#launch(key, scope, start), scope);
    // The leader's time was up, not this caller's.
    const isLeadersEnd =
      !result.ok && result.failure.kind === 'timed-out' && result.failure.limit === 'deadline';
    if (joined && isLeadersEnd && !scope.deadline.passed) return this.read(key, scope, start);
    return result;
  }

  /** Keeps every later read from joining one that is under way: called when a write has ended. */
  detach(): void {
    this.#flights.clear();
  }

  #launch(key: string, scope: CallScope, start: (scope: CallScope) => Promise<Result<Value, Failure>>) {
    const departure = new Departure();
    const result = start({ ...scope, signal: departure }).finally(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    });
    const flight: Flight<Value> = { result, leader: scope, departure, waiters: 0 };
    this.#flights.set(key, flight);
    return flight;
  }

  #wait(key: string, flight: Flight<Value>, scope: CallScope): Promise<Result<Value, Failure>> {
    flight.waiters += 1;
    return new Promise((resolve) => {
      let isOver = false;
      const end = (result: Result<Value, Failure>): void => {
        if (isOver) return;
        isOver = true;
        clearTimeout(timer);
        scope.signal.removeEventListener('abort', onAbort);
        resolve(result);
      };
      const leave = (failure: Failure): void => {
        flight.waiters -= 1;
        if (flight.waiters === 0) this.#cancel(key, flight);
        end(fail(failure));
      };
      const onAbort = (): void => leave({ kind: 'cancelled', sent: true });
      const timer = isTighter(scope, flight.leader) ? startTimer(scope, leave) : undefined;
      if (scope.signal.aborted) onAbort();
      else scope.signal.addEventListener('abort', onAbort);
      void flight.result.then(end);
    });
  }

  #cancel(key: string, flight: Flight<Value>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
    flight.departure.abort();
  }
}

function startTimer(scope: CallScope, leave: (failure: Failure) => void): NodeJS.Timeout {
  const { remainingMs } = scope.deadline;
  return setTimeout(
    () => leave({ kind: 'timed-out', limit: 'deadline', sent: true, waitedMs: 0 }),
    remainingMs,
  );
}

// The read itself ends with the leader's deadline: only an earlier one needs a clock of its own.
function isTighter(scope: CallScope, leader: CallScope): boolean {
  return scope !== leader && scope.deadline.remainingMs < leader.deadline.remainingMs;
}
