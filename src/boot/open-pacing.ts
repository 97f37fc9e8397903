import type { Config } from '../config/config.ts';
import { LocalPacing } from '../http/pacing/local-pacing.ts';
import type { Pacing } from '../http/pacing/pacing.ts';
import { shareQuota } from '../http/pacing/quota-shares.ts';
import type { AccountState } from './open-shared-state.ts';

// In which the upstream counts.
const WINDOW_MS = 60_000;

/** Opens the window of an account; `null` where its quota is not known. @param openShared opens that of all replicas */
export function openPacing(
  { upstreamRatePerMinute, upstreamTimeoutMs: attemptMs }: Config,
  openShared: AccountState['openPacing'],
): Pacing | null {
  if (upstreamRatePerMinute === 0) return null;
  const shares = shareQuota(upstreamRatePerMinute);
  return openShared?.({ shares, windowMs: WINDOW_MS, attemptMs }) ?? new LocalPacing(shares, WINDOW_MS);
}
