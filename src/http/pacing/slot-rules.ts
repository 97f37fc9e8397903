/** How long a slot is kept for who was told to come back for it. */
export const GRACE_MS = 2_000;

/** How long of that it is kept for the same call: other calls of the same caller wait so long for it. */
export const SAME_CALL_MS = 1_000;

/** How much earlier than it was told who comes back for the same call may be: timers and clocks differ by so much. It waits for its slot. */
export const EARLY_MS = 50;

/** How much later than it was told who comes back may start, inside its deadline, so that slots of those who do not are used. */
export const SLACK_MS = 5_000;

/** How far ahead slots are kept for whoever is told to come back, in windows: beyond, who is told a time has no slot. */
export const MAX_WINDOWS_AHEAD = 3;

/**
 * How much of the quota is told away for times at which no call that runs now is known to end: nobody knows who will come
 * back, and what is told away is nobody else's for a window before.
 */
export function toldAhead(capacity: number): number {
  return Math.ceil(capacity / 2);
}

/**
 * What may be used of the quota after a 429: half of it when the window opens again, all of it a window later.
 * @param openForMs how long it has been open; negative while it is closed
 */
export function capacityAfterPause(capacity: number, openForMs: number, windowMs: number): number {
  return Math.ceil(capacity * Math.min(1, Math.max(0.5, 0.5 + openForMs / windowMs / 2)));
}

/**
 * How long who has no slot is told to wait: not before the others, and not at one moment.
 * @param random uniform in [0, 1)
 */
export function spreadWait(waitMs: number, windowMs: number, random: () => number): number {
  return waitMs + Math.ceil(random() * windowMs);
}
