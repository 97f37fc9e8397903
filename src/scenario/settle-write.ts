import type { CallScope } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import type { WriteOutcome } from './write-outcome.ts';

type UnknownOutcome = Extract<WriteOutcome<never>, { kind: 'unknown' }>;

/** What a fresh read shows of a write whose answer was lost. */
export type Sighting<Value> =
  | { readonly kind: 'confirmed'; readonly value: Value }
  /** It shows the state without the write, which may still arrive. */
  | { readonly kind: 'not-seen' }
  /** What it was to change is gone, and so is whatever it did. */
  | { readonly kind: 'gone'; readonly failure: Failure }
  | { readonly kind: 'unreadable' };

const MAX_REPEATS = 2;

/**
 * Settles a write whose answer was lost, within the deadline: reads back what became of it, and repeats it when the read
 * shows nothing of it, after a timeout or where it was held back. Everything else was repeated before it came here.
 * @param attempt sends the write
 * @param look reads what became of it, from the upstream itself
 * @returns `unknown`, with the failure of the last attempt, where neither told
 */
export async function settleWrite<Value>(
  attempt: () => Promise<WriteOutcome<Value>>,
  look: () => Promise<Sighting<Value>>,
  { deadline, signal, writeConfirmed }: CallScope,
): Promise<WriteOutcome<Value>> {
  let lost: UnknownOutcome | null = null;
  for (let repeats = 0; ; repeats += 1) {
    const outcome = await attempt();
    if (outcome.kind === 'applied') return outcome;
    if (outcome.kind === 'unknown') lost = outcome;
    // Refused, or never sent, and no earlier attempt may have been applied.
    else if (lost === null) return outcome;
    const sighting = await look();
    if (sighting.kind === 'confirmed') {
      writeConfirmed?.(lost.write);
      return { kind: 'applied', value: sighting.value };
    }
    if (sighting.kind === 'gone') return { kind: 'not-applied', failure: sighting.failure };
    const { failure } = outcome;
    const mayRepeat =
      sighting.kind === 'not-seen' &&
      (failure.kind === 'timed-out' || (outcome.kind === 'unknown' && outcome.wasHeldBack)) &&
      repeats < MAX_REPEATS &&
      !signal.aborted;
    if (!mayRepeat || !deadline.allowsRepeat) return { ...lost, failure };
  }
}

/** The scope of a write that can be settled: it ends while there is time to read what became of it. */
export function settleable(scope: CallScope): CallScope {
  return { ...scope, deadline: scope.deadline.beforeReserve() };
}
