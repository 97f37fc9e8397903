import type { CallsLeft, Priority, QuotaPart } from './pacing.ts';

/** How many calls each part grants in one window. */
export type QuotaShares = Readonly<Record<QuotaPart, number>>;

/** A part that a call may use, as far as it may. */
export interface Allowance {
  readonly part: QuotaPart;
  readonly capacity: number;
}

const READ_SHARE = 0.8;

/** Divides a quota: reads may use at most four fifths of it, so that a flood of them leaves room for writes. */
export function shareQuota(calls: number): QuotaShares {
  const reads = Math.max(1, Math.floor(calls * READ_SHARE));
  return { reads, writes: calls - reads };
}

/** What a call may use, the best first. */
export function allowancesOf(priority: Priority, { reads, writes }: QuotaShares): readonly Allowance[] {
  const allowances: readonly Allowance[] = [
    { part: 'writes', capacity: priority === 'write' ? writes : 0 },
    { part: 'reads', capacity: priority === 'background' ? backgroundShare(reads) : reads },
  ];
  return allowances.filter(({ capacity }) => capacity > 0);
}

/** How many calls that nobody waits for fit into what is left of the quota. */
export function spareCalls({ read }: CallsLeft, { reads }: QuotaShares): number {
  return read - (reads - backgroundShare(reads));
}

// What of the part for reads calls that nobody waits for may fill.
function backgroundShare(reads: number): number {
  return Math.floor(reads / 2);
}
