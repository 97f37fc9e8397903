/** How long a slot is kept for who was told to come back for it. */
export const GRACE_MS = 2_000;

/** How much later than it was told who comes back may start, inside its deadline, so that slots of those who do not are used. */
export const SLACK_MS = 5_000;

/** Slots that are kept for whoever is told to come back, in windows: who comes on top is told a time, and has no slot. */
export const MAX_WINDOWS_AHEAD = 3;

/**
 * How long who has no slot is told to wait: not before the others, and not at one moment.
 * @param random uniform in [0, 1)
 */
export function spreadWait(waitMs: number, windowMs: number, random: () => number): number {
  return waitMs + Math.ceil(random() * windowMs);
}
