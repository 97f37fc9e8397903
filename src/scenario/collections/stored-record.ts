import { z } from 'zod';
import type { Collection } from './collection.ts';
import { collectionCodec } from './collection-codec.ts';
import type { KnownCreate } from './idempotency-store.ts';

const fingerprint = z.string();
const startedAt = z.string();

const knownCreate = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('pending'),
    fingerprint,
    startedAt,
    claimId: z.string(),
    leaseMs: z.number(),
  }),
  z.object({
    state: z.literal('applied'),
    fingerprint,
    collection: z.unknown().transform(toCollection),
  }),
  z.object({ state: z.literal('unknown'), fingerprint, startedAt }),
]);

const entry = z.object({ name: z.string(), record: knownCreate });

/** Writes a record as the text that is kept of it. @param name that it is kept under */
export function encodeRecord(name: string, record: KnownCreate): string {
  return JSON.stringify({ name, record });
}

/** @throws when the text is not one that `encodeRecord` wrote for this name: a store may hold anything */
export function decodeRecord(name: string, text: string): KnownCreate {
  const found = entry.parse(JSON.parse(text));
  if (found.name !== name) throw new Error('The store gave the record of another key');
  return found.record;
}

function toCollection(value: unknown, context: z.RefinementCtx): Collection {
  const collection = collectionCodec.one.decodeStored(value);
  if (collection) return collection;
  context.addIssue('no collection');
  return z.NEVER;
}
