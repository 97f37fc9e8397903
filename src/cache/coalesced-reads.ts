import type { CallScope } from '../http/call.ts';
import { ClientAbort } from '../http/client-abort.ts';
import { ShortLivedMap } from '../shared/short-lived-map.ts';
import type { KeyBudget } from './key-budget.ts';
import { mayDoBetter, type ReadOutcome, type StartRead } from './read-outcome.ts';
import { waitWithin } from './wait-within.ts';

/** One upstream call for everybody who asks the same at the same time. Its signal aborts when the last of them has gone. */
class InFlightRead<Value> {
  readonly epoch: string;
  readonly leader: CallScope;
  readonly clientAbort = new ClientAbort();
  readonly result: Promise<ReadOutcome<Value>>;
  waiters = 1;

  constructor(
    epoch: string,
    leader: CallScope,
    send: (read: InFlightRead<Value>) => Promise<ReadOutcome<Value>>,
  ) {
    this.epoch = epoch;
    this.leader = leader;
    this.result = send(this);
  }
}

/** Single-flight: equal reads that are in flight at the same time share one upstream call. */
export class CoalescedReads<Value> {
  readonly #inFlight = new ShortLivedMap<string, InFlightRead<Value>>();
  readonly #keys: KeyBudget;

  /** @param keys bounds the keys of what is in flight, together with other reads */
  constructor(keys: KeyBudget) {
    this.#keys = keys;
  }

  /**
   * Waits for the read in flight for this key, or starts one.
   * @param epoch write epoch of this caller: a read that began in another one is never shared
   * @param start reads with the given scope; that scope is cancelled when the last waiter has gone
   */
  read(key: string, epoch: string, scope: CallScope, start: StartRead<Value>): Promise<ReadOutcome<Value>> {
    const read = this.#inFlight.get(key);
    return read?.epoch === epoch
      ? this.#follow(key, read, scope, start)
      : this.#lead(key, epoch, scope, start);
  }

  // The leader waits for the very end, with or without others: it has no need of a promise of its own.
  #lead(key: string, epoch: string, scope: CallScope, start: StartRead<Value>): Promise<ReadOutcome<Value>> {
    const read = new InFlightRead<Value>(epoch, scope, (started) => {
      const onAbort = (): void => this.#leave(key, started);
      if (scope.signal.aborted) started.clientAbort.abort();
      else scope.signal.addEventListener('abort', onAbort);
      const end = (): void => {
        scope.signal.removeEventListener('abort', onAbort);
        this.#remove(key, started);
      };
      const result = start({ ...scope, signal: started.clientAbort });
      void result.then(end, end);
      return result;
    });
    this.#add(key, read);
    return read.result;
  }

  async #follow(
    key: string,
    read: InFlightRead<Value>,
    scope: CallScope,
    start: StartRead<Value>,
  ): Promise<ReadOutcome<Value>> {
    const result = await this.#wait(key, read, scope);
    if (!result.ok && mayDoBetter(result, read.leader, scope))
      return this.read(key, read.epoch, scope, start);
    scope.tally.shared += 1;
    return result;
  }

  #wait(key: string, read: InFlightRead<Value>, scope: CallScope): Promise<ReadOutcome<Value>> {
    read.waiters += 1;
    return waitWithin(read.result, scope, () => this.#leave(key, read), isTighter(scope, read.leader));
  }

  #leave(key: string, read: InFlightRead<Value>): void {
    read.waiters -= 1;
    if (read.waiters > 0) return;
    this.#remove(key, read);
    read.clientAbort.abort();
  }

  // Keys hold page tokens of any length: what would be too much is read by each for itself.
  #add(key: string, read: InFlightRead<Value>): void {
    const isNew = this.#inFlight.get(key) === null;
    if (isNew && !this.#keys.tryTake(key)) return;
    this.#inFlight.set(key, read);
  }

  #remove(key: string, read: InFlightRead<Value>): void {
    if (this.#inFlight.get(key) !== read) return;
    this.#inFlight.delete(key);
    this.#keys.giveBack(key);
  }
}

// The read itself ends with the leader's deadline: only an earlier one needs a clock of its own.
function isTighter(scope: CallScope, leader: CallScope): boolean {
  return scope.deadline.remainingMs < leader.deadline.remainingMs;
}
