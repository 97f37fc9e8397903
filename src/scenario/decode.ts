import { z } from 'zod';
import type { Failure } from '../http/failure.ts';
import { type CollectionId, isCollectionId } from '../shared/brands.ts';
import { fail, type Result, succeed } from '../shared/result.ts';
import type { Collection, CollectionPage, Thumbnail } from './model.ts';
import { isRfc3339 } from './rfc3339.ts';

const count = z.custom<number>(
  (value) => typeof value === 'number' && (value | 0) === value,
  'no 32-bit integer',
);
const dateTime = z.custom<string>(
  (value) => typeof value === 'string' && isRfc3339(value),
  'no RFC 3339 date',
);
const httpUrl = z.custom<string>((value) => typeof value === 'string' && isHttpUrl(value), 'no http(s) URL');

const wireThumbnail = z.object({ assetId: z.string().min(1), url: httpUrl });

const wireCollection = z.object({
  id: z.custom<CollectionId>(isCollectionId, 'no collection id'),
  name: z.string(),
  ownerId: z.string(),
  assetCount: count,
  modelCount: count,
  itemCount: count,
  thumbnail: z.unknown().optional(),
  createdAt: dateTime,
  updatedAt: dateTime,
});

const wireAnswer = z.object({ collection: wireCollection });
const wirePage = z.object({
  collections: z.array(wireCollection),
  // A longer one would not fit into a cursor.
  nextPaginationToken: z.string().max(4_096).nullish(),
});

/** Decodes `{collection}`, the answer of every endpoint that speaks of one collection. */
export function decodeCollection(body: unknown): Result<Collection, Failure> {
  const answer = wireAnswer.safeParse(body);
  return answer.success ? succeed(toModel(answer.data.collection)) : malformed(answer.error);
}

/** Decodes `{collections, nextPaginationToken?}`, the answer of the list endpoint. */
export function decodePage(body: unknown): Result<CollectionPage, Failure> {
  const page = wirePage.safeParse(body);
  if (!page.success) return malformed(page.error);
  return succeed({
    collections: page.data.collections.map(toModel),
    nextToken: page.data.nextPaginationToken || null,
  });
}

/** Decodes a collection that a gateway stored as JSON; `null` for anything else. */
export function decodeStoredCollection(value: unknown): Collection | null {
  const stored = wireCollection.safeParse(value);
  return stored.success ? toModel(stored.data) : null;
}

function toModel(wire: z.infer<typeof wireCollection>): Collection {
  return { ...wire, thumbnail: decodeThumbnail(wire.thumbnail) };
}

function decodeThumbnail(value: unknown): Thumbnail | 'malformed' | null {
  if (value === undefined || value === null) return null;
  const thumbnail = wireThumbnail.safeParse(value);
  return thumbnail.success ? thumbnail.data : 'malformed';
}

function malformed(error: z.ZodError): { readonly ok: false; readonly failure: Failure } {
  const [first] = error.issues;
  return fail({ kind: 'malformed', issue: `${first?.path.join('.')}: ${first?.message}` });
}

function isHttpUrl(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}
