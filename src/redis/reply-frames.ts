const LINE_FEED = 10;
// Of the line that begins a value: type and length, a number, or an error's text.
const MAX_LINE_LENGTH = 65_536;

/** Follows what Redis sends, in RESP 2 or 3, from frame to frame: without their content, and however it is cut. */
export class ReplyFrames {
  // Of a line whose end has not come yet.
  #line = '';
  // Bytes of a text that are still to come.
  #textLeft = 0;
  // Values that are still to come until the present frame is whole.
  #valuesLeft = 0;

  /**
   * Takes the next bytes.
   * @param expected replies that are waited for, the one that has come in part included
   * @returns whether nothing else begins in them: no push, no reply too many, and nothing that is no RESP
   */
  areReplies(chunk: Buffer, expected: number): boolean {
    let count = this.#valuesLeft > 0 ? 1 : 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.#textLeft > 0) {
        at += this.#takeText(chunk.length - at);
        continue;
      }
      const end = chunk.indexOf(LINE_FEED, at);
      this.#line += chunk.toString('latin1', at, end === -1 ? chunk.length : end);
      if (end === -1) return this.#line.length <= MAX_LINE_LENGTH;
      at = end + 1;
      if (this.#valuesLeft === 0) count += 1;
      if (count > expected || !this.#takeLine()) return false;
    }
    return true;
  }

  #takeText(available: number): number {
    const taken = Math.min(this.#textLeft, available);
    this.#textLeft -= taken;
    if (this.#textLeft === 0) this.#valuesLeft -= 1;
    return taken;
  }

  #takeLine(): boolean {
    const [type, rest] = [this.#line[0] ?? '', this.#line.slice(1).trimEnd()];
    this.#line = '';
    if (this.#valuesLeft === 0) this.#valuesLeft = 1;
    if ('+-:_,#('.includes(type) && type !== '') {
      this.#valuesLeft -= 1;
      return true;
    }
    const length = /^(-1|\d{1,10})$/.test(rest) ? Math.max(-1, Number(rest)) : null;
    if (length === null) return false;
    return '$!='.includes(type) ? this.#beginText(length) : this.#beginValues(type, Math.max(0, length));
  }

  #beginText(length: number): boolean {
    if (length === -1) this.#valuesLeft -= 1;
    // With the end of the line behind it.
    else this.#textLeft = length + 2;
    return true;
  }

  #beginValues(type: string, length: number): boolean {
    const values = { '*': length, '~': length, '%': 2 * length }[type];
    if (values === undefined) return false;
    this.#valuesLeft += values - 1;
    return true;
  }
}
