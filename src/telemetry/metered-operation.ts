import type { Call, CallResult } from '../http/call.ts';
import type { OperationFacts, OperationObserver } from '../server/request/telemetry.ts';
import type { AccountName } from '../shared/brands.ts';
import type { ErrorCode } from '../shared/gateway-error.ts';
import type { Instruments, InstrumentsOf } from './instruments.ts';

const LIMIT_CODES: ReadonlySet<ErrorCode> = new Set([
  'RATE_LIMITED',
  'LIMIT_EXCEEDED',
  'OVERLOADED',
  'QUOTA_EXCEEDED',
]);
const MILLISECONDS = 1_000;

/** Counts one operation and its upstream calls. No label holds what a client chose. */
export class MeteredOperation implements OperationObserver {
  readonly #instrumentsOf: InstrumentsOf;
  // Nobody's, until the caller is known.
  #instruments: Instruments;
  readonly #onEnd: () => void;

  /** @param onEnd called when the operation has ended */
  constructor(instrumentsOf: InstrumentsOf, onEnd: () => void) {
    this.#instrumentsOf = instrumentsOf;
    this.#instruments = instrumentsOf('');
    this.#onEnd = onEnd;
  }

  accountKnown(account: AccountName): void {
    this.#instruments = this.#instrumentsOf(account);
  }

  attemptStarted({ endpoint, resends = 0 }: Call): (result: CallResult) => void {
    const { attempts, attemptDuration, countRetry } = this.#instruments;
    const startedAt = performance.now();
    if (resends > 0) countRetry(endpoint);
    return (result) => {
      attempts.count(endpoint, attemptStatus(result), resends + 1);
      attemptDuration.observe((performance.now() - startedAt) / MILLISECONDS);
    };
  }

  operationEnded({ type, clientDisconnected, errorCodes, tally, durationMs }: OperationFacts): void {
    const { operations, queryDuration, mutationDuration, sharedReads, cachedReads, staleReads } =
      this.#instruments;
    this.#onEnd();
    // An error after the client disconnected says nothing but that.
    operations.count(type ?? 'none', clientDisconnected ? 'client_disconnected' : (errorCodes[0] ?? 'ok'));
    if (type === 'query') queryDuration.observe(durationMs / MILLISECONDS);
    if (type === 'mutation') mutationDuration.observe(durationMs / MILLISECONDS);
    if (tally.shared > 0) sharedReads.inc(tally.shared);
    if (tally.cached > 0) cachedReads.inc(tally.cached);
    if (tally.stale > 0) staleReads.inc(tally.stale);
    if (errorCodes.length > 0) this.#countLimits(errorCodes);
  }

  #countLimits(errorCodes: readonly ErrorCode[]): void {
    for (const code of new Set(errorCodes)) {
      if (LIMIT_CODES.has(code)) this.#instruments.countLimit(code);
    }
  }
}

/**
 * What an attempt came to, in a word of few possible ones: the class of the HTTP status such as `5xx`, `429` by itself
 * because it is answered by waiting, or the kind of failure when there was no usable answer.
 */
function attemptStatus(result: CallResult): string {
  if (result.ok) return '2xx';
  const { failure } = result;
  if (failure.kind !== 'status') return failure.kind;
  return failure.status === 429 ? '429' : `${Math.floor(failure.status / 100)}xx`;
}
