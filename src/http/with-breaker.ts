import { assertNever } from '../shared/assert-never.ts';
import type { CallResult, Send } from './call.ts';
import type { Failure } from './failure.ts';

const FAILURES_TO_OPEN = 10;
const PROBE_INTERVAL_MS = 1_000;
// A caller with a short deadline of its own says little about the upstream.
const TELLING_WAIT_MS = 1_000;

const REFUSED: CallResult = {
  ok: false,
  failure: { kind: 'circuit-open', retryAfterMs: PROBE_INTERVAL_MS },
  unclear: false,
};

type State =
  | { readonly kind: 'closed'; readonly failures: number }
  /** `probesAt` on the monotonic clock. */
  | { readonly kind: 'open'; readonly probesAt: number }
  /** One attempt is under way as a probe. */
  | { readonly kind: 'half-open' };

const HEALTHY: State = { kind: 'closed', failures: 0 };

/** A breaker before the upstream. */
export interface Breaker {
  readonly send: Send;
  state(): State['kind'];
}

/**
 * Stops calling an upstream that fails: opens after 10 failed attempts in a row, then lets one attempt a second
 * through as a probe until one succeeds.
 */
export function withBreaker(send: Send): Breaker {
  let state = HEALTHY;
  const open = (): void => {
    state = { kind: 'open', probesAt: performance.now() + PROBE_INTERVAL_MS };
  };
  const noteAttempt = (result: CallResult): CallResult => {
    // What was sent before the circuit opened says nothing about whether the upstream has recovered.
    if (state.kind !== 'closed') return result;
    const verdict = judge(result);
    if (verdict === 'well') state = HEALTHY;
    else if (verdict === 'failing' && state.failures + 1 >= FAILURES_TO_OPEN) open();
    else if (verdict === 'failing') state = { kind: 'closed', failures: state.failures + 1 };
    return result;
  };
  // Only an answer closes the circuit: a cancelled probe has proved nothing.
  const noteProbe = (result: CallResult): CallResult => {
    if (judge(result) === 'well') state = HEALTHY;
    else open();
    return result;
  };
  const guarded: Send = (call, scope) => {
    if (state.kind === 'closed') return send(call, scope).then(noteAttempt);
    if (state.kind === 'half-open' || performance.now() < state.probesAt) return Promise.resolve(REFUSED);
    state = { kind: 'half-open' };
    return send(call, scope).then(noteProbe);
  };
  return { send: guarded, state: () => state.kind };
}

/** What a result says about the upstream's health. */
function judge(result: CallResult): 'well' | 'failing' | 'nothing' {
  if (result.ok) return 'well';
  if (isNeutral(result.failure)) return 'nothing';
  return isUpstreamFault(result.failure) ? 'failing' : 'well';
}

function isNeutral(failure: Failure): boolean {
  if (failure.kind === 'timed-out') return failure.limit === 'deadline' && failure.waitedMs < TELLING_WAIT_MS;
  return failure.kind === 'cancelled' || failure.kind === 'overloaded';
}

function isUpstreamFault(failure: Failure): boolean {
  switch (failure.kind) {
    case 'unreachable':
    case 'connection-lost':
    case 'timed-out':
      return true;
    case 'status':
      return failure.status >= 500;
    case 'unreadable':
    case 'malformed':
    case 'cancelled':
    case 'paused':
    case 'circuit-open':
    case 'overloaded':
    case 'call-limit':
      return false;
    default:
      return assertNever(failure);
  }
}
