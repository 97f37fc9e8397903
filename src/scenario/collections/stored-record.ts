import { z } from 'zod';
import type { Collection } from './collection.ts';
import { collectionCodec } from './collection-codec.ts';

/** Decodes an `IdempotencyRecord` that another gateway wrote as JSON. */
export const storedRecord = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('pending'),
    name: z.string(),
    startedAtMs: z.number(),
    abandonedAtMs: z.number(),
  }),
  z.object({
    state: z.literal('applied'),
    name: z.string(),
    collection: z.unknown().transform(toCollection),
  }),
  z.object({
    state: z.literal('unknown'),
    name: z.string(),
    write: z.object({
      endpoint: z.string(),
      collectionId: z.string().nullable(),
      name: z.string().exactOptional(),
      startedAt: z.string(),
    }),
  }),
]);

function toCollection(value: unknown, context: z.RefinementCtx): Collection {
  const collection = collectionCodec.oneRead.decodeStored(value);
  if (collection) return collection;
  context.addIssue('no collection');
  return z.NEVER;
}
