import type { Collection } from './collection.ts';

/** Names a create that can be repeated. Both are digests: a store holds nothing that a caller made up. */
export interface CreateKey {
  /** Whose key it is: keys of one owner are unknown to the others, and never cost them room. */
  readonly owner: string;
  readonly key: string;
}

/** A create that is under way. */
export interface PendingCreate {
  readonly state: 'pending';
  /** Digest of what was asked for: the key stands for nothing else. */
  readonly fingerprint: string;
  /** RFC 3339, for whoever has to look for the collection. */
  readonly startedAt: string;
  /** No other claim has the same. */
  readonly claimId: string;
  /** The longest that it can be under way. After that its gateway must have died. */
  readonly leaseMs: number;
}

/** A create whose outcome will not change any more, with no more than it takes to tell that again. */
export type SettledCreate =
  | { readonly state: 'applied'; readonly fingerprint: string; readonly collection: Collection }
  | { readonly state: 'unknown'; readonly fingerprint: string; readonly startedAt: string };

/** What is known of the create that a key stands for. */
export type KnownCreate = PendingCreate | SettledCreate;

/** Keeps the records of keyed creates for 24 h. Every method rejects when the store can't be reached. */
export interface IdempotencyStore {
  /**
   * Stores the claim when the key is new (`null`); gives what is known of the key otherwise. What has been pending for
   * longer than its lease is told as `unknown`.
   */
  claim(key: CreateKey, claim: PendingCreate): Promise<KnownCreate | null>;
  settle(key: CreateKey, record: SettledCreate): Promise<void>;
  /** Forgets a key whose create certainly changed nothing. */
  release(key: CreateKey): Promise<void>;
}

/** How long a key is remembered. */
export const RECORD_LIFETIME_MS = 24 * 3_600_000;

/** A part of a store, in which no key of the other parts is known. Its room is that of the whole store. */
export function partOfStore(store: IdempotencyStore, name: string): IdempotencyStore {
  const inPart = ({ owner, key }: CreateKey): CreateKey => ({ owner: `${name}/${owner}`, key });
  return {
    claim: (key, claim) => store.claim(inPart(key), claim),
    settle: (key, record) => store.settle(inPart(key), record),
    release: (key) => store.release(inPart(key)),
  };
}
