import type { CallScope } from '../../http/call.ts';
import { type Result, succeed } from '../../shared/result.ts';
import type { IndexEntry, IndexFailure, WalkList } from './index-kind.ts';
import { applyPatch, mayMoveRows, type Patch } from './patch.ts';
import { RecordSet } from './record-set.ts';

/**
 * One walk of a whole list, with the writes that end meanwhile. The upstream's pages are counted from the start of the
 * list: a write may move a row from a page that is yet to be read to one that was read, so that the walk misses it.
 */
export class IndexWalk<Item, Entry extends IndexEntry> {
  readonly #walk: WalkList<Item>;
  readonly #toEntry: (item: Item) => Entry;
  readonly #patches: Patch<Item>[] = [];

  constructor(walk: WalkList<Item>, toEntry: (item: Item) => Entry) {
    this.#walk = walk;
    this.#toEntry = toEntry;
  }

  /** Called for every write that ends before the walk has. */
  note(patch: Patch<Item>): void {
    this.#patches.push(patch);
  }

  /** @param previous what was known before; `null` for nothing */
  async run(
    scope: CallScope,
    previous: RecordSet<Entry> | null,
  ): Promise<Result<RecordSet<Entry>, IndexFailure>> {
    const walked = await this.#walk(scope);
    if (!walked.ok) return walked;
    const records = this.#toRecords(walked.value, previous);
    if (!this.#patches.some(mayMoveRows) || (previous && records.covers(previous))) return succeed(records);
    // A second walk may miss a row as well, but hardly the same one.
    const again = await this.#walk(scope);
    return again.ok ? succeed(this.#toRecords([...walked.value, ...again.value], records)) : again;
  }

  #toRecords(items: readonly Item[], previous: RecordSet<Entry> | null): RecordSet<Entry> {
    const records = new RecordSet(items.map(this.#toEntry), previous);
    for (const patch of this.#patches) applyPatch(records, patch, this.#toEntry);
    return records;
  }
}
