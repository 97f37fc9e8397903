import type { Dispatcher } from 'undici';
import type { Call, CallResult, CallScope } from './call.ts';
import { decodeText } from './decode-text.ts';
import { errorCode } from './error-code.ts';
import { type Failure, mayHaveBeenApplied } from './failure.ts';
import { parseJson } from './parse-json.ts';
import { type ResponseHeaders, readStatusFailure } from './read-status-failure.ts';

/** What bounds every exchange. */
export interface ExchangeOptions {
  /** Milliseconds for one attempt, from the call to the last byte. */
  readonly timeoutMs: number;
  /** Largest response body that is read. */
  readonly maxBodyBytes: number;
  /** Takes secrets out of the upstream's words. */
  readonly redact: (text: string) => string;
}

const ABANDONED = new Error('the exchange was abandoned');

/** One request and its answer: the handler that undici reports to. Resolves `result` exactly once. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly result: Promise<CallResult>;
  readonly #call: Call;
  readonly #scope: CallScope;
  readonly #maxBodyBytes: number;
  readonly #redact: (text: string) => string;
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort = (): void => this.#leave();
  readonly #onEnd: (result: CallResult) => void;
  #resolve: (result: CallResult) => void = () => {};
  #controller: Dispatcher.DispatchController | null = null;
  #settled = false;
  #status = 0;
  #headers: ResponseHeaders = {};
  #chunks: Buffer[] = [];
  #bytes = 0;

  /** @param onEnd is told the result before anybody who waits for it */
  constructor(call: Call, scope: CallScope, options: ExchangeOptions, onEnd: (result: CallResult) => void) {
    this.#call = call;
    this.#scope = scope;
    this.#onEnd = onEnd;
    this.#maxBodyBytes = options.maxBodyBytes;
    this.#redact = options.redact;
    this.result = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    const remainingMs = scope.deadline.remainingMs;
    const limit = remainingMs <= options.timeoutMs ? 'deadline' : 'attempt';
    const waitedMs = Math.min(remainingMs, options.timeoutMs);
    this.#timer = setTimeout(
      () => this.#abandon({ kind: 'timed-out', limit, sent: this.#controller !== null, waitedMs }),
      waitedMs,
    );
    scope.signal.addEventListener('abort', this.#onAbort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#settled) controller.abort(ABANDONED);
    else this.#controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: ResponseHeaders,
  ): void {
    this.#status = status;
    this.#headers = headers;
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') this.#abandon(this.#unreadable('encoded'));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maxBodyBytes) this.#abandon(this.#unreadable('too-large'));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const bytes = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks);
    const text = decodeText(bytes);
    if (this.#status < 200 || this.#status > 299)
      this.#fail(readStatusFailure(this.#status, this.#headers, text, this.#redact));
    else if (this.#call.answer === 'ignored') this.#settle({ ok: true, body: undefined, unclear: false });
    else this.#succeed(text);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const kind = this.#controller ? 'connection-lost' : 'unreachable';
    this.#fail({ kind, errorCode: errorCode(error) });
  }

  #succeed(text: string): void {
    try {
      this.#settle({ ok: true, body: parseJson(text), unclear: false });
    } catch {
      this.#fail({ kind: 'unreadable', why: 'not-json' });
    }
  }

  // What an unreadable body says depends on the status that came with it.
  #unreadable(why: 'too-large' | 'encoded'): Failure {
    const answered = this.#status >= 200 && this.#status <= 299;
    return answered
      ? { kind: 'unreadable', why }
      : readStatusFailure(this.#status, this.#headers, '', this.#redact);
  }

  // A write on its way is awaited: its outcome would be lost with the caller.
  #leave(): void {
    const sent = this.#controller !== null;
    if (!sent || this.#call.effect === 'read') this.#abandon({ kind: 'cancelled', sent });
  }

  #abandon(failure: Failure): void {
    this.#fail(failure);
    this.#controller?.abort(ABANDONED);
  }

  #fail(failure: Failure): void {
    this.#settle({ ok: false, failure, unclear: mayHaveBeenApplied(failure) });
  }

  #settle(result: CallResult): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#chunks = [];
    clearTimeout(this.#timer);
    this.#scope.signal.removeEventListener('abort', this.#onAbort);
    this.#onEnd(result);
    this.#resolve(result);
  }
}
