import type { PacedCall } from './pacing.ts';
import { nextFree, planSlot } from './plan-slot.ts';
import { EARLY_MS, GRACE_MS, SAME_CALL_MS, SLACK_MS, toldAhead } from './slot-rules.ts';

/** A slot of one part of the quota. */
export interface Slot {
  /** Of the call that it was given to. */
  readonly id: string;
  readonly caller: string;
  readonly key: string;
  readonly at: number;
  /**
   * `awaited`: the call waits for it. `told`: its caller was told to come back for it. `standby`: the call waits for a slot
   * that others were told, in case that they do not come.
   */
  readonly kind: 'awaited' | 'told' | 'standby';
}

/** What one part of the quota holds. Moments are in milliseconds on one clock. */
export interface QuotaState {
  readonly now: number;
  /** No call starts before. */
  readonly opensAt: number;
  readonly windowMs: number;
  /** Most calls that may count at once. */
  readonly capacity: number;
  /** When each call that counts now ceases to, in order. */
  readonly releases: readonly number[];
  readonly slots: readonly Slot[];
}

/** What a call is to get. */
export interface Choice {
  /** When it may start: not later than now where it starts at once. */
  readonly at: number;
  /** The slot that it gets until then. */
  readonly kind: Slot['kind'];
  /** The slot that it gives up for that, or uses. */
  readonly own: Slot | null;
}

/**
 * Chooses when a call may start. What its caller was told is true, whatever it calls then; a slot that nobody comes for is
 * soon anybody's. `ENTER` does the same in Redis.
 */
export function chooseSlot(call: PacedCall, state: QuotaState): Choice {
  const own = findOwn(call, state);
  return own ? useOwn(own, call, state) : planNew(call, state);
}

function useOwn(own: Slot, call: PacedCall, state: QuotaState): Choice {
  const { now, opensAt, slots } = state;
  const soonest = Math.max(now, opensAt, own.at, roomAt(state));
  const others = slots.filter((slot) => slot !== own).map((slot) => slot.at);
  const at = soonest > now ? nextFree(soonest, others) : now;
  return { at, kind: kindAt(at, call, state), own };
}

function planNew(call: PacedCall, state: QuotaState): Choice {
  const { now, opensAt, capacity, releases } = state;
  const planned = state.slots.filter(({ kind }) => kind !== 'standby');
  const plan = (calls: number, slackMs: number): number =>
    planSlot(Math.max(now, opensAt), { ...state, capacity: calls, slots: momentsOf(planned, now, slackMs) });
  const isFull = releases.length >= capacity;
  if (!isFull && plan(capacity, SLACK_MS) <= now) return { at: now, kind: 'awaited', own: null };
  const soonest = plan(capacity, 0);
  const lapsesAt = findLapse(call, state);
  if (lapsesAt < soonest && lapsesAt - now <= call.patienceMs)
    return { at: lapsesAt, kind: 'standby', own: null };
  const kind = kindAt(soonest, call, state);
  // Slots are a millisecond apart.
  const lastRelease = (releases.at(-1) ?? now) + planned.length;
  const isBacked = kind === 'awaited' || soonest <= lastRelease;
  return { at: isBacked ? soonest : plan(toldAhead(capacity), 0), kind, own: null };
}

function kindAt(at: number, { patienceMs }: PacedCall, { now }: QuotaState): Slot['kind'] {
  return at - now <= patienceMs ? 'awaited' : 'told';
}

// What it waits for, or what its caller was told. The same call has the slot at once, another one when the same could be there.
function findOwn({ id, caller, key, patienceMs }: PacedCall, { now, slots }: QuotaState): Slot | null {
  const told = slots.filter((slot) => slot.kind === 'told' && slot.caller === caller);
  const due = told.filter(({ at }) => at <= now);
  return (
    slots.find((slot) => slot.kind === 'awaited' && slot.id === id) ??
    told.find((slot) => slot.key === key && slot.at <= now + EARLY_MS) ??
    due.find(({ at }) => at + SAME_CALL_MS <= now || at + SAME_CALL_MS - now > patienceMs) ??
    null
  );
}

/**
 * When a slot that is due will have lapsed for this call, of those for which nobody stands by. A call stands by once, so that
 * it is told soon when the others do come.
 */
function findLapse({ id, caller }: PacedCall, { now, opensAt, slots }: QuotaState): number {
  if (opensAt > now) return Number.POSITIVE_INFINITY;
  const due = slots.filter(({ kind, at }) => kind === 'told' && at <= now);
  const standbys = slots.filter(({ kind }) => kind === 'standby');
  if (standbys.some((slot) => slot.id === id)) return Number.POSITIVE_INFINITY;
  const isOfCaller = (slot: Slot): boolean => slot.caller === caller;
  const own = due.filter(isOfCaller)[standbys.filter(isOfCaller).length];
  if (own) return own.at + SAME_CALL_MS;
  const any = due[standbys.length];
  return any ? any.at + GRACE_MS : Number.POSITIVE_INFINITY;
}

// A call may have taken longer than was thought when the slot was given.
function roomAt({ capacity, releases, now }: QuotaState): number {
  return releases[releases.length - capacity] ?? now;
}

function momentsOf(slots: readonly Slot[], now: number, slackMs: number): readonly number[] {
  return slots.map(({ kind, at }) => (kind === 'told' && at > now ? at + slackMs : at));
}
