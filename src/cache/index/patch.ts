import { assertNever } from '../../shared/assert-never.ts';
import type { IndexEntry, IndexedItem } from './index-kind.ts';
import type { RecordSet } from './record-set.ts';

/** What is known of a record after a write, or after a read that was to tell what became of one. */
export type Patch<Item> =
  | { readonly kind: 'added' | 'changed' | 'seen'; readonly item: Item }
  | { readonly kind: 'removed'; readonly id: string }
  /** The write may have changed this record; `null` where it may have added one. */
  | { readonly kind: 'unknown'; readonly id: string | null };

/** A patch with what tells how to take it. */
export interface NotedPatch<Item> {
  readonly patch: Patch<Item>;
  /** Whether nothing of the write can arrive upstream any more. */
  readonly isSettled: boolean;
  /** How long ago the write began, in milliseconds. */
  readonly tookMs: number;
}

/** A patch with its times, on the monotonic clock of this process. */
export interface TimedPatch<Item> extends NotedPatch<Item> {
  /** When its write ended. */
  readonly endedAt: number;
  /** When replicas could know of it. */
  readonly toldAt: number;
}

/** Is told of every write before it is answered. */
export interface PatchTarget<Item> {
  note(noted: NotedPatch<Item>): void | Promise<void>;
}

/** Whether rows behind the changed one may have moved forward in the upstream's list, past the place that a walk had reached. */
export function mayMoveRows({ kind }: Patch<unknown>): boolean {
  return kind === 'changed' || kind === 'removed' || kind === 'unknown';
}

/** The record that a patch is about; `null` for one that nobody knows. */
export function idOf(patch: Patch<IndexedItem>): string | null {
  return 'item' in patch ? patch.item.id : patch.id;
}

/** Does to the set what the write has done upstream; nothing where that is unknown. */
export function applyPatch<Item, Entry extends IndexEntry>(
  records: RecordSet<Entry>,
  { patch, endedAt, tookMs }: TimedPatch<Item>,
  toEntry: (item: Item) => Entry,
): void {
  switch (patch.kind) {
    case 'added':
    case 'changed':
    case 'seen':
      return records.put(toEntry(patch.item), endedAt - tookMs);
    case 'removed':
      return records.remove(patch.id, endedAt);
    case 'unknown':
      return undefined;
    default:
      return assertNever(patch);
  }
}
