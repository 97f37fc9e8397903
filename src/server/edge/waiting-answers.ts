import type { ServerResponse } from 'node:http';
import type { Logger } from '../../shared/logger.ts';

interface WaitingAnswer {
  readonly res: ServerResponse;
  readonly requestId: string;
  readonly bytes: number;
  readonly since: number;
}

// What is smaller is bounded by the number of connections, and lies in the kernel as a rule.
const MIN_BYTES = 65_536;
// Who has not taken an answer by then is slow, when others have to wait for it.
const SLOW_MS = 1_000;
const LOOK_MS = 100;

/**
 * Bounds the memory of answers that were written and not yet taken, over all connections. Large answers are made one in
 * each turn of the event loop, and only while there is room; callers who hold it for long are disconnected.
 */
export class WaitingAnswers {
  readonly #maxBytes: number;
  readonly #logger: Logger;
  /** The longest wait first. */
  readonly #waiting = new Set<WaitingAnswer>();
  readonly #queue: Array<() => void> = [];
  #bytes = 0;
  #isAdmitting = false;

  constructor(maxBytes: number, logger: Logger) {
    this.#maxBytes = maxBytes;
    this.#logger = logger;
  }

  /** Waits until one more large answer may be made. */
  room(): Promise<void> {
    return new Promise((resolve) => {
      this.#queue.push(resolve);
      if (!this.#isAdmitting) this.#admitSoon();
    });
  }

  /** Counts an answer that is being written, until its caller has taken it or has gone. */
  add(res: ServerResponse, requestId: string, bytes: number): void {
    if (bytes < MIN_BYTES || res.destroyed) return;
    const answer = { res, requestId, bytes, since: performance.now() };
    this.#waiting.add(answer);
    this.#bytes += bytes;
    res.on('close', () => this.#remove(answer));
  }

  // One in each turn: what was admitted is counted by the next.
  #admitSoon(): void {
    this.#isAdmitting = true;
    if (this.#bytes < this.#maxBytes) setImmediate(() => this.#admit());
    else setTimeout(() => this.#admit(), LOOK_MS);
  }

  #admit(): void {
    this.#isAdmitting = false;
    if (this.#bytes >= this.#maxBytes) this.#giveUpSlow();
    if (this.#bytes < this.#maxBytes) this.#queue.shift()?.();
    if (this.#queue.length > 0) this.#admitSoon();
  }

  #giveUpSlow(): void {
    const slowSince = performance.now() - SLOW_MS;
    for (const waiting of this.#waiting) {
      if (this.#bytes < this.#maxBytes || waiting.since > slowSince) return;
      this.#giveUp(waiting);
    }
  }

  #giveUp(answer: WaitingAnswer): void {
    const { res, requestId, bytes, since } = answer;
    this.#remove(answer);
    res.destroy();
    const waitedMs = Math.round(performance.now() - since);
    this.#logger.warn(
      { requestId, bytes, waitedMs },
      'too many answers wait to be taken: the caller of the oldest was disconnected',
    );
  }

  #remove(answer: WaitingAnswer): void {
    if (this.#waiting.delete(answer)) this.#bytes -= answer.bytes;
  }
}
