import { assertNever } from '../shared/assert-never.ts';
import type { Call, CallResult, CallScope, Send } from './call.ts';
import { ClientAbort } from './client-abort.ts';
import type { Failure } from './failure.ts';
import { unsent } from './unsent.ts';

const FAILURES_TO_OPEN = 10;
const PROBE_INTERVAL_MS = 1_000;
// A call begins a moment after its operation, and so has a little less than the operation's time.
const WHOLE_OPERATION = 0.9;

const REFUSED = unsent({ kind: 'circuit-open', retryAfterMs: PROBE_INTERVAL_MS });

type State =
  | { readonly kind: 'closed'; readonly failures: number }
  /** `probesAt` on the monotonic clock. */
  | { readonly kind: 'open'; readonly probesAt: number }
  /** One attempt is under way as a probe. */
  | { readonly kind: 'half-open' };

/** The time that is configured. A caller that gives less says nothing about the upstream. */
export interface TimeLimits {
  readonly attemptMs: number;
  readonly operationMs: number;
}

type Verdict = 'well' | 'failing' | 'nothing';

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
export function withBreaker(send: Send, { attemptMs, operationMs }: TimeLimits): Breaker {
  const tellingWaitMs = Math.min(attemptMs, operationMs * WHOLE_OPERATION);
  let state = HEALTHY;
  const openAt = (now: number): void => {
    state = { kind: 'open', probesAt: now + PROBE_INTERVAL_MS };
  };
  const noteAttempt = (result: CallResult): CallResult => {
    // What was sent before the circuit opened says nothing about whether the upstream has recovered.
    if (state.kind !== 'closed') return result;
    const verdict = judge(result, tellingWaitMs);
    if (verdict === 'well') state = HEALTHY;
    else if (verdict === 'failing' && state.failures + 1 >= FAILURES_TO_OPEN) openAt(performance.now());
    else if (verdict === 'failing') state = { kind: 'closed', failures: state.failures + 1 };
    return result;
  };
  // Only an answer closes the circuit. A probe that was cut short has proved nothing, and costs no wait.
  const noteProbe = (result: CallResult, startedAt: number): CallResult => {
    const verdict = judge(result, tellingWaitMs);
    if (verdict === 'well') state = HEALTHY;
    else openAt(verdict === 'failing' ? performance.now() : startedAt);
    return result;
  };
  const guarded: Send = (call, scope) => {
    if (state.kind === 'closed') return send(call, scope).then(noteAttempt);
    const now = performance.now();
    if (state.kind === 'half-open' || now < state.probesAt) return Promise.resolve(REFUSED);
    state = { kind: 'half-open' };
    return send(call, scopeOfProbe(call, scope)).then((result) => noteProbe(result, now));
  };
  return { send: guarded, state: () => state.kind };
}

// All wait for what it tells. Who is refused beside it may have an answer at once, which must not cancel it each time.
function scopeOfProbe({ effect }: Call, scope: CallScope): CallScope {
  return effect === 'read' ? { ...scope, signal: new ClientAbort() } : scope;
}

/** What a result says about the upstream's health. */
function judge(result: CallResult, tellingWaitMs: number): Verdict {
  return result.ok ? 'well' : judgeFailure(result.failure, tellingWaitMs);
}

function judgeFailure(failure: Failure, tellingWaitMs: number): Verdict {
  switch (failure.kind) {
    case 'unreachable':
    case 'connection-lost':
      return 'failing';
    case 'timed-out':
      return failure.waitedMs < tellingWaitMs ? 'nothing' : 'failing';
    case 'status':
      return failure.status >= 500 ? 'failing' : 'well';
    case 'unreadable':
    case 'malformed':
      return 'well';
    // The upstream was not waited for, or not called at all.
    case 'cancelled':
    case 'paused':
    case 'paced':
    case 'circuit-open':
    case 'overloaded':
    case 'call-limit':
      return 'nothing';
    default:
      return assertNever(failure);
  }
}
