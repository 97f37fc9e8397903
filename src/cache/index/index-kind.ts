import type { CallScope } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import type { Result } from '../../shared/result.ts';

/** A record of an upstream list. */
export interface IndexedItem {
  readonly id: string;
}

/** A record with what it is found and sorted by. */
export interface IndexEntry {
  readonly id: string;
  /** When the record was last changed upstream: of two forms of it the later one holds. */
  readonly updatedAt: number;
}

/** An order of entries in which no two of them are equal. */
export type SortOrder<Entry> = (one: Entry, other: Entry) => number;

/** Why there is no index: an upstream failure, or more records than are indexed. */
export type IndexFailure = Failure | TooLarge;

export interface TooLarge {
  readonly kind: 'too-large';
  /** What was exceeded: so many records, or bytes of memory. */
  readonly limit: number;
  readonly unit: 'records' | 'bytes';
}

/** Reads every record of a list, once each, in this scope. */
export type WalkList<Item> = (scope: CallScope) => Promise<Result<readonly Item[], IndexFailure>>;
