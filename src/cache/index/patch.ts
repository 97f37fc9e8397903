import type { IndexEntry } from './index-kind.ts';
import type { RecordSet } from './record-set.ts';

/** What a write has done to the records of a list; `unknown` where it cannot be told. */
export type Patch<Item> =
  | { readonly kind: 'added' | 'changed'; readonly item: Item }
  | { readonly kind: 'removed'; readonly id: string }
  | { readonly kind: 'unknown' };

/** A write that has ended. */
export interface EndedWrite<Item> {
  readonly patch: Patch<Item>;
  /** Whether nothing of it can arrive upstream any more. */
  readonly isSettled: boolean;
  /** How long ago it began, in milliseconds. */
  readonly tookMs: number;
}

/** Is told of every write before it is answered. */
export interface PatchTarget<Item> {
  note(write: EndedWrite<Item>): void | Promise<void>;
}

/** Whether rows behind the changed one may have moved forward in the upstream's list, past the place that a walk had reached. */
export function mayMoveRows({ kind }: Patch<unknown>): boolean {
  return kind !== 'added';
}

/** Does to the set what the write has done upstream; nothing where that is unknown. */
export function applyPatch<Item, Entry extends IndexEntry>(
  records: RecordSet<Entry>,
  patch: Patch<Item>,
  toEntry: (item: Item) => Entry,
): void {
  if (patch.kind === 'added') records.add(toEntry(patch.item));
  else if (patch.kind === 'changed') records.put(toEntry(patch.item));
  else if (patch.kind === 'removed') records.remove(patch.id);
}
