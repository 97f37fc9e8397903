/** The quota of the upstream, as the Scenario API documents it. */
export const PER_MINUTE = 100;
export const COLLECTIONS = 237;
/** How long the upstream takes for an answer. */
export const LATENCY_MS = 80;
/** Rows of a slice. */
export const SLICE = 24;
/** Slices that a user scrolls through before beginning anew. */
export const SLICES = 3;
/** How long a user looks at what came. */
export const THINK_MS = 2_000;
/** How often one of the users renames a collection. */
export const WRITE_EVERY_MS = 5_000;
/** The collections that users open. */
export const OPENED = ['col_1', 'col_2', 'col_3', 'col_4'] as const;
/** The collection that users rename: one of those that they open. */
export const WRITTEN_ID = 'col_1';
/** The collection that somebody renames who does not come through the gateway. */
export const OUTSIDE_ID = 'col_2';
export const OUTSIDE_EVERY_MS = 5_000;

const WRITTEN = 'written ';
const OUTSIDE = 'outside ';

/** The name that a write gives. */
export function writtenName(turn: number): string {
  return WRITTEN + turn;
}

/** The turn of the write that gave this name; 0 for that from before. */
export function turnOf(name: string): number {
  return name.startsWith(WRITTEN) ? Number(name.slice(WRITTEN.length)) : 0;
}

export function outsideName(now: number): string {
  return OUTSIDE + now;
}

/** Since when this name has been replaced, in milliseconds; 0 while it is the present one. */
export function replacedSince(name: string, now: number): number {
  return Math.max(0, now - Number(name.slice(OUTSIDE.length)) - OUTSIDE_EVERY_MS);
}
