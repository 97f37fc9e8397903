import type { CallsLeft } from './pacing.ts';

/** What the upstream grants in one window, in two parts. */
export interface QuotaShares {
  /** For reads, and for writes that have used up their own. */
  readonly reads: number;
  /** For writes alone. */
  readonly writes: number;
}

const READ_SHARE = 0.8;

/** Divides a quota: reads may use at most four fifths of it, so that a flood of them leaves room for writes. */
export function shareQuota(calls: number): QuotaShares {
  const reads = Math.max(1, Math.floor(calls * READ_SHARE));
  return { reads, writes: calls - reads };
}

/** How many calls that nobody waits for fit into what is left of the quota. */
export function spareCalls({ read }: CallsLeft, { reads }: QuotaShares): number {
  return read - (reads - backgroundShare(reads));
}

/** What of the part for reads calls that nobody waits for may fill. */
export function backgroundShare(reads: number): number {
  return Math.floor(reads / 2);
}
