import type { CallScope } from '../http/call.ts';
import { ClientAbort } from '../http/client-abort.ts';
import type { Failure } from '../http/failure.ts';
import { fail, type Result } from '../shared/result.ts';
import { ShortLivedMap } from '../shared/short-lived-map.ts';

type Outcome<Value> = Result<Value, Failure>;
type Start<Value> = (scope: CallScope) => Promise<Outcome<Value>>;

/** A read under way, for everybody who waits for it. Its clientAbort is that of the last of them. */
class Flight<Value> {
  readonly leader: CallScope;
  readonly clientAbort = new ClientAbort();
  readonly result: Promise<Outcome<Value>>;
  waiters = 1;

  constructor(leader: CallScope, fly: (flight: Flight<Value>) => Promise<Outcome<Value>>) {
    this.leader = leader;
    this.result = fly(this);
  }
}

/** Lets equal reads that are in flight at the same time share one upstream call. */
export class CoalescedReads<Value> {
  readonly #flights = new ShortLivedMap<string, Flight<Value>>();

  /**
   * Joins the read under way for this key, or starts one.
   * @param start reads with the given scope; that scope is cancelled when the last waiter has gone
   */
  read(key: string, scope: CallScope, start: Start<Value>): Promise<Outcome<Value>> {
    const flight = this.#flights.get(key);
    return flight ? this.#join(key, flight, scope, start) : this.#launch(key, scope, start);
  }

  /** Keeps every later read from joining one that is under way: called when a write has ended. */
  detach(): void {
    this.#flights.clear();
  }

  // The leader waits for the very end, with or without others: it has no need of a promise of its own.
  #launch(key: string, scope: CallScope, start: Start<Value>): Promise<Outcome<Value>> {
    const flight = new Flight<Value>(scope, (launched) => {
      const onAbort = (): void => this.#leave(key, launched);
      if (scope.signal.aborted) launched.clientAbort.abort();
      else scope.signal.addEventListener('abort', onAbort);
      const land = (): void => {
        scope.signal.removeEventListener('abort', onAbort);
        this.#land(key, launched);
      };
      const result = start({ ...scope, signal: launched.clientAbort });
      void result.then(land, land);
      return result;
    });
    this.#flights.set(key, flight);
    return flight.result;
  }

  async #join(
    key: string,
    flight: Flight<Value>,
    scope: CallScope,
    start: Start<Value>,
  ): Promise<Outcome<Value>> {
    scope.tally.shared += 1;
    const result = await this.#wait(key, flight, scope);
    // The leader's time was up, not this caller's.
    const isLeadersEnd =
      !result.ok && result.failure.kind === 'timed-out' && result.failure.limit === 'deadline';
    return isLeadersEnd && !scope.deadline.passed ? this.read(key, scope, start) : result;
  }

  #wait(key: string, flight: Flight<Value>, scope: CallScope): Promise<Outcome<Value>> {
    flight.waiters += 1;
    return new Promise((resolve) => {
      let isOver = false;
      const end = (result: Outcome<Value>): void => {
        if (isOver) return;
        isOver = true;
        clearTimeout(timer);
        scope.signal.removeEventListener('abort', onAbort);
        resolve(result);
      };
      const leave = (failure: Failure): void => {
        this.#leave(key, flight);
        end(fail(failure));
      };
      const onAbort = (): void => leave({ kind: 'cancelled', sent: true });
      const timer = isTighter(scope, flight.leader) ? startTimer(scope, leave) : undefined;
      if (scope.signal.aborted) onAbort();
      else scope.signal.addEventListener('abort', onAbort);
      void flight.result.then(end);
    });
  }

  #leave(key: string, flight: Flight<Value>): void {
    flight.waiters -= 1;
    if (flight.waiters > 0) return;
    this.#land(key, flight);
    flight.clientAbort.abort();
  }

  #land(key: string, flight: Flight<Value>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
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
