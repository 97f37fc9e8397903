import type { CallScope } from '../../http/call.ts';
import { type Result, succeed } from '../../shared/result.ts';
import type { WalkTimes } from './index-base.ts';
import type { IndexEntry, IndexFailure, WalkList } from './index-kind.ts';
import { applyPatch, mayMoveRows, type TimedPatch } from './patch.ts';
import { RecordSet } from './record-set.ts';

/** What a walk needs besides the list. */
export interface WalkParts<Item, Entry extends IndexEntry> {
  readonly walk: WalkList<Item>;
  readonly toEntry: (item: Item) => Entry;
  /** What ended since the walk began; it grows meanwhile. */
  readonly patches: readonly TimedPatch<Item>[];
  /** Brings in the patches of other replicas. */
  catchUp(): Promise<unknown>;
}

interface Walked<Entry extends IndexEntry> {
  readonly records: RecordSet<Entry>;
  readonly times: WalkTimes;
}

/**
 * Walks a whole list. The upstream's pages are counted from the start of the list: a write may move a row from a page that
 * is yet to be read to one that was read, so that the walk misses it.
 * @param previous what was known before; `null` for nothing
 */
export async function walkIndex<Item, Entry extends IndexEntry>(
  { walk, toEntry, patches, catchUp }: WalkParts<Item, Entry>,
  scope: CallScope,
  previous: RecordSet<Entry> | null,
): Promise<Result<Walked<Entry>, IndexFailure>> {
  const beganAt = performance.now();
  // What ended before is in what is read.
  const ended = (): readonly TimedPatch<Item>[] => patches.filter(({ endedAt }) => endedAt >= beganAt);
  const toRecords = (items: readonly Item[], model: RecordSet<Entry> | null): RecordSet<Entry> => {
    const records = new RecordSet(items.map(toEntry), model);
    for (const patch of ended()) applyPatch(records, patch, toEntry);
    return records;
  };
  const walked = await walk(scope);
  if (!walked.ok) return walked;
  let endedAt = performance.now();
  await catchUp();
  const records = toRecords(walked.value, previous);
  const isSure =
    !ended().some(({ patch }) => mayMoveRows(patch)) ||
    (previous && records.missingOf(previous).length === 0);
  if (isSure) return succeed({ records, times: { beganAt, knownAt: endedAt, endedAt } });
  // A second walk may miss a row as well, but hardly the same one.
  const again = await walk(scope);
  if (!again.ok) return again;
  endedAt = performance.now();
  await catchUp();
  return succeed({
    records: toRecords([...walked.value, ...again.value], records),
    times: { beganAt, knownAt: endedAt, endedAt },
  });
}
