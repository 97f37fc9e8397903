/** What takes texts of several lines. */
interface LineSink {
  write(text: string): unknown;
}

/**
 * Gathers lines and hands them on together, each whole. The stream that writes them gathers as well, but copies all that
 * it holds with every line that it is given.
 */
export class LineBatch {
  readonly #sink: LineSink;
  readonly #maxBytes: number;
  #text = '';
  #bytes = 0;

  /** @param maxBytes of one batch; a longer line is a batch of its own */
  constructor(sink: LineSink, maxBytes: number) {
    this.#sink = sink;
    this.#maxBytes = maxBytes;
  }

  write(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.#bytes + bytes > this.#maxBytes) this.flush();
    this.#text += line;
    this.#bytes += bytes;
  }

  flush(): void {
    if (this.#bytes === 0) return;
    this.#sink.write(this.#text);
    this.#text = '';
    this.#bytes = 0;
  }
}
