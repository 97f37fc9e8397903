/** What is known of the calls in a window. Moments are in milliseconds on one clock. */
export interface WindowState {
  readonly windowMs: number;
  /** Most calls that may count at once. */
  readonly capacity: number;
  /** When each call that counts now ceases to. */
  readonly releases: readonly number[];
  /** When each call that waits will start. */
  readonly slots: readonly number[];
}

/**
 * Finds the first moment at which one more call can start without being one too many while it counts, those that wait
 * included. No two calls get the same moment to wait for.
 */
export function planSlot(from: number, { windowMs, capacity, releases, slots }: WindowState): number {
  let counted = releases.length;
  let found = counted < capacity ? from : null;
  for (const { at, change } of eventsOf(releases, slots, windowMs)) {
    if (found !== null && at >= found + windowMs) break;
    counted += change;
    if (counted >= capacity) found = null;
    else found ??= Math.max(from, Math.ceil(at));
  }
  return nextFree(found ?? from, slots);
}

function eventsOf(releases: readonly number[], slots: readonly number[], windowMs: number) {
  const ends = [...releases, ...slots.map((slot) => slot + windowMs)].map((at) => ({ at, change: -1 }));
  const starts = slots.map((at) => ({ at, change: 1 }));
  // What ends makes room for what starts at the same moment.
  return [...ends, ...starts].toSorted((a, b) => a.at - b.at);
}

/** The first moment from this one on that nobody waits for yet. */
export function nextFree(slot: number, taken: readonly number[]): number {
  return taken.includes(slot) ? nextFree(slot + 1, taken) : slot;
}
