import type { AccountConfig, Config } from '../config/config.ts';
import { Bulkhead } from '../http/bulkhead.ts';
import type { Send } from '../http/call.ts';
import { createClient } from '../http/client.ts';
import { LocalPacing } from '../http/pacing/local-pacing.ts';
import type { Pacing } from '../http/pacing/pacing.ts';
import { shareQuota, spareCalls } from '../http/pacing/quota-shares.ts';
import { proxyFor } from '../http/proxy-rules.ts';
import { withBreaker } from '../http/with-breaker.ts';
import { withCallLimit } from '../http/with-call-limit.ts';
import { withLimit } from '../http/with-limit.ts';
import { withPacing } from '../http/with-pacing.ts';
import { withPause } from '../http/with-pause.ts';
import { withProject } from '../http/with-project.ts';
import { withRetry } from '../http/with-retry.ts';
import type { AccountGauges } from '../telemetry/gauges.ts';
import type { AccountState } from './open-shared-state.ts';

/** The way of one account's calls to the upstream. */
export interface UpstreamWay {
  readonly send: Send;
  readonly gauges: AccountGauges;
  /** Whether calls are made at all. */
  isOpen(): boolean;
  /** Whether there is room for so many calls that nobody waits for. */
  hasSpareCapacity(calls: number): boolean;
  /** How long the quota takes for so many reads more when nobody else calls, in milliseconds; 0 where no quota is known. */
  quotaMs(calls: number): number;
  /** Ends every socket. */
  close(): Promise<void>;
}

// 100 items with long texts and signed URLs fit many times; what is larger is no honest answer.
const MAX_ANSWER_BYTES = 1_048_576;

// In which the upstream counts.
const WINDOW_MS = 60_000;

// Calls of one window begin after those of the last have ended.
const BETWEEN_WINDOWS_MS = 1_000;

/**
 * Puts together the sockets of an account and the policies before them; opens no socket before the first call.
 * @param openSharedPacing opens the window of all replicas, where they share one
 */
export function openUpstreamWay(
  config: Config,
  { name, key, secret, projectId }: AccountConfig,
  baseUrl: URL,
  openSharedPacing: AccountState['openPacing'],
): UpstreamWay {
  const { upstreamTimeoutMs: timeoutMs, deadlineMs: operationMs } = config;
  const proxy = proxyFor(baseUrl, config.proxyRules);
  const client = createClient({ baseUrl, proxy, key, secret, timeoutMs, maxBodyBytes: MAX_ANSWER_BYTES });
  const send = withProject(client.send, projectId);
  const bulkhead = new Bulkhead(config.upstreamConnections);
  const breaker = withBreaker(withLimit(send, bulkhead), { attemptMs: timeoutMs, operationMs });
  const pacing = openPacing(config, openSharedPacing);
  // Where the quota is not known, calls wait only when the upstream says so.
  const pacedCalls = { waited: 0, refused: 0 };
  const paced = pacing ? withPacing(breaker.send, pacing, pacedCalls) : withPause(breaker.send);
  const isOpen = (): boolean => breaker.state() === 'closed';
  return {
    // From the outside in: each attempt of a retry passes the pacing, the breaker and the queue again.
    send: withCallLimit(withRetry(paced)),
    gauges: {
      account: name,
      queueDepth: () => bulkhead.waiting,
      callsInFlight: () => bulkhead.inUse,
      breakerState: breaker.state,
      ...(pacing ? { callsLeft: () => pacing.callsLeft(), pacedCalls } : {}),
    },
    isOpen,
    hasSpareCapacity: (calls) =>
      isOpen() &&
      bulkhead.isHalfEmpty &&
      (pacing === null || calls <= spareCalls(pacing.callsLeft(), shareQuota(config.upstreamRatePerMinute))),
    quotaMs: (calls) => timeForReads(calls, config),
    close: () => {
      pacing?.close();
      return client.close();
    },
  };
}

/** Opens the window of an account; `null` where its quota is not known. @param openShared opens that of all replicas */
function openPacing(
  { upstreamRatePerMinute, upstreamTimeoutMs: attemptMs }: Config,
  openShared: AccountState['openPacing'],
): Pacing | null {
  if (upstreamRatePerMinute === 0) return null;
  const shares = shareQuota(upstreamRatePerMinute);
  return openShared?.({ shares, windowMs: WINDOW_MS, attemptMs }) ?? new LocalPacing(shares, WINDOW_MS);
}

function timeForReads(calls: number, { upstreamRatePerMinute }: Config): number {
  if (upstreamRatePerMinute === 0) return 0;
  return Math.ceil(calls / shareQuota(upstreamRatePerMinute).reads) * (WINDOW_MS + BETWEEN_WINDOWS_MS);
}
