import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel';
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

const STATE_NAMES = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
} as const;

/** Carries a result that says nothing about the upstream's health past the breaker's count. */
class NeutralResult extends Error {
  readonly result: CallResult;

  constructor(result: CallResult) {
    super('neutral');
    this.result = result;
  }
}

/** A breaker before the upstream. */
export interface Breaker {
  readonly send: Send;
  state(): 'closed' | 'open' | 'half-open';
}

/**
 * Stops calling an upstream that fails: opens after 10 failed attempts in a row, then lets one attempt a second
 * through as a probe until one succeeds.
 */
export function withBreaker(send: Send): Breaker {
  const isProbing = (): boolean => breaker.state === CircuitState.HalfOpen;
  // While probing, only an answer closes the circuit: a cancelled probe has proved nothing.
  const failed = handleWhenResult(
    (result) => isCallResult(result) && !result.ok && isUpstreamFault(result.failure),
  ).orWhen((error) => error instanceof NeutralResult && isProbing());
  const breaker = circuitBreaker(failed, {
    halfOpenAfter: PROBE_INTERVAL_MS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
  });
  const guarded: Send = async (call, scope) => {
    if (isProbing()) return REFUSED;
    try {
      return await breaker.execute(async () => {
        const result = await send(call, scope);
        if (!result.ok && isNeutral(result.failure)) throw new NeutralResult(result);
        return result;
      });
    } catch (error) {
      if (error instanceof NeutralResult) return error.result;
      if (error instanceof BrokenCircuitError) return REFUSED;
      throw error;
    }
  };
  return { send: guarded, state: () => STATE_NAMES[breaker.state] };
}

function isCallResult(value: unknown): value is CallResult {
  return typeof value === 'object' && value !== null && 'ok' in value;
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
      return false;
    default:
      return assertNever(failure);
  }
}
