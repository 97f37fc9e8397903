import type { Dispatcher } from 'undici';
import { fail, type Result, succeed } from '../shared/result.ts';
import type { Call, CallScope } from './call.ts';
import { isEncoded } from './content-coding.ts';
import { errorCode } from './error-code.ts';
import type { Expiries } from './expiries.ts';
import type { Failure } from './failure.ts';
import type { RawAnswer } from './read-answer.ts';
import type { ResponseHeaders } from './read-status-failure.ts';

/** What bounds every exchange. */
export interface ExchangeOptions {
  /** Milliseconds for one attempt, from the call to the last byte. */
  readonly timeoutMs: number;
  /** Largest response body that is read. */
  readonly maxBodyBytes: number;
}

/**
 * One request and its answer: the handler that undici reports to. Resolves `result` exactly once; whoever waits for it
 * closes the connection when there is no answer, which ends what is still under way. Nothing in here may throw: undici
 * and the timer would take it for a crash.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly result: Promise<Result<RawAnswer, Failure>>;
  readonly #call: Call;
  readonly #scope: CallScope;
  readonly #maxBodyBytes: number;
  readonly #expiries: Expiries;
  /** On the monotonic clock. */
  readonly expiresAt: number;
  readonly #limit: 'deadline' | 'attempt';
  readonly #waitedMs: number;
  readonly #number: number;
  readonly #onAbort = (): void => this.#leave();
  #resolve: (result: Result<RawAnswer, Failure>) => void = () => {};
  #isSent = false;
  #status = 0;
  #headers: ResponseHeaders = {};
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  /** @param expiries ends it when its time is over */
  constructor(
    call: Call,
    scope: CallScope,
    { timeoutMs, maxBodyBytes }: ExchangeOptions,
    expiries: Expiries,
  ) {
    this.#call = call;
    this.#scope = scope;
    this.#maxBodyBytes = maxBodyBytes;
    this.result = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    const remainingMs = scope.deadline.remainingMs;
    this.#limit = remainingMs <= timeoutMs ? 'deadline' : 'attempt';
    this.#waitedMs = Math.min(remainingMs, timeoutMs);
    this.expiresAt = performance.now() + this.#waitedMs;
    this.#expiries = expiries;
    this.#number = expiries.add(this);
    scope.signal.addEventListener('abort', this.#onAbort);
  }

  onRequestStart(): void {
    this.#isSent = true;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: ResponseHeaders,
  ): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maxBodyBytes) this.#answer('too-large');
    else if (isEncoded(this.#headers)) this.#answer('encoded');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    this.#answer(this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const kind = this.#isSent ? 'connection-lost' : 'unreachable';
    this.#settle(fail({ kind, errorCode: errorCode(error) }));
  }

  expire(): void {
    const limit = this.#limit;
    this.#settle(fail({ kind: 'timed-out', limit, sent: this.#isSent, waitedMs: this.#waitedMs }));
  }

  // A write on its way is awaited: its outcome would be lost with the caller.
  #leave(): void {
    const sent = this.#isSent;
    if (!sent || this.#call.effect === 'read') this.#settle(fail({ kind: 'cancelled', sent }));
  }

  #answer(body: RawAnswer['body']): void {
    this.#settle(succeed({ status: this.#status, headers: this.#headers, body }));
  }

  // The first result counts: a promise takes no other.
  #settle(result: Result<RawAnswer, Failure>): void {
    this.#expiries.delete(this.#number);
    this.#scope.signal.removeEventListener('abort', this.#onAbort);
    this.#resolve(result);
  }
}
