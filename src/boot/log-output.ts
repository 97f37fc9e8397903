import { setTimeout as delay } from 'node:timers/promises';
import type { LogSink } from './log-sink.ts';

// As many as an empty pipe takes.
const BATCH_BYTES = 65_536;
// What a reader that hangs may cost of memory.
const MAX_HELD_BYTES = 4 * 1_048_576;
const LAST_WRITE_MS = 1_000;
const NEWLINE = 10;

/**
 * Writes lines in batches, in the background. Nobody ever waits for it: lines that the sink does not take are lost and
 * counted, be it full, closed or stuck.
 */
export class LogOutput {
  readonly #sink: LogSink;
  #text = '';
  #textBytes = 0;
  #bytesOnTheirWay = 0;
  #linesLost = 0;
  // Whether the sink has taken a part of a line last.
  #isTorn = false;
  #sending: Promise<void> | null = null;

  constructor(sink: LogSink) {
    this.#sink = sink;
  }

  /** Lines that did not get to the sink since the start. */
  get linesLost(): number {
    return this.#linesLost;
  }

  /** Whether a write hangs that would keep the process from exiting. */
  get holdsProcess(): boolean {
    return this.#sending !== null && this.#sink.holdsThread;
  }

  /** Takes one line, with its end. */
  write(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.#textBytes + this.#bytesOnTheirWay + bytes > MAX_HELD_BYTES) {
      this.#linesLost += 1;
      return;
    }
    this.#text += line;
    this.#textBytes += bytes;
    if (this.#textBytes >= BATCH_BYTES) void this.send();
  }

  /** Writes out what it holds, unless it is still about to; resolves when a batch is through or lost. */
  send(): Promise<void> {
    if (this.#text !== '') this.#sending ??= this.#sendBatch();
    return this.#sending ?? Promise.resolve();
  }

  /** Writes out all that it holds, within a second; resolves always. */
  async drain(): Promise<void> {
    const timeUp = new AbortController();
    const late = delay(LAST_WRITE_MS, null, { signal: timeUp.signal }).catch(() => {});
    await Promise.race([this.#sendAll(), late]);
    timeUp.abort();
  }

  async #sendAll(): Promise<void> {
    while (this.#text !== '' || this.#sending !== null) await this.send();
  }

  async #sendBatch(): Promise<void> {
    const batch = Buffer.from(this.#isTorn ? `\n${this.#text}` : this.#text);
    this.#text = '';
    this.#textBytes = 0;
    this.#bytesOnTheirWay = batch.length;
    const written = await this.#sink.write(batch);
    this.#bytesOnTheirWay = 0;
    this.#linesLost += countLines(batch.subarray(written));
    if (written > 0) this.#isTorn = batch[written - 1] !== NEWLINE;
    this.#sending = null;
    if (this.#textBytes >= BATCH_BYTES) void this.send();
  }
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}
