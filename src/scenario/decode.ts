import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Failure } from '../http/failure.ts';
import { type CollectionId, isCollectionId } from '../shared/brands.ts';
import { fail, type Result, succeed } from '../shared/result.ts';
import type { Collection, CollectionPage, Thumbnail } from './model.ts';
import { isRfc3339 } from './rfc3339.ts';

// A longer token would not fit into a cursor.
const MAX_TOKEN_LENGTH = 4_096;

const text = Type.String();
const count = Type.Refine(
  Type.Number(),
  (value) => (value | 0) === value,
  () => 'must be a 32-bit integer',
);
const dateTime = Type.Refine(text, isRfc3339, () => 'must be an RFC 3339 date');

const wireThumbnail = Type.Object({
  assetId: Type.String({ minLength: 1 }),
  url: Type.Refine(text, isHttpUrl, () => 'must be an http(s) URL'),
});

const wireCollection = Type.Object({
  id: Type.Unsafe<CollectionId>(Type.Refine(text, isCollectionId, () => 'must be a collection id')),
  name: text,
  ownerId: text,
  assetCount: count,
  modelCount: count,
  itemCount: count,
  thumbnail: Type.Optional(Type.Unknown()),
  createdAt: dateTime,
  updatedAt: dateTime,
});

/** Name of every field of a collection and of what it holds. */
export const COLLECTION_FIELDS: readonly string[] = [wireCollection, wireThumbnail].flatMap(
  ({ properties }) => Object.keys(properties),
);

const thumbnailCheck = Compile(wireThumbnail);
const collectionCheck = Compile(wireCollection);
const answerCheck = Compile(Type.Object({ collection: wireCollection }));
const pageCheck = Compile(
  Type.Object({
    collections: Type.Array(wireCollection),
    nextPaginationToken: Type.Optional(
      Type.Union([Type.Null(), Type.String({ maxLength: MAX_TOKEN_LENGTH })]),
    ),
  }),
);
const storedPageCheck = Compile(
  Type.Object({
    collections: Type.Array(wireCollection),
    nextToken: Type.Union([Type.Null(), Type.String({ minLength: 1, maxLength: MAX_TOKEN_LENGTH })]),
  }),
);

/** Decodes `{collection}`, the answer of every endpoint that speaks of one collection. Takes the body over. */
export function decodeCollection(body: unknown): Result<Collection, Failure> {
  return answerCheck.Check(body) ? succeed(toModel(body.collection)) : malformed(answerCheck.Errors(body));
}

/** Decodes `{collections, nextPaginationToken?}`, the answer of the list endpoint. Takes the body over. */
export function decodePage(body: unknown): Result<CollectionPage, Failure> {
  if (!pageCheck.Check(body)) return malformed(pageCheck.Errors(body));
  return succeed({ collections: body.collections.map(toModel), nextToken: body.nextPaginationToken || null });
}

/** Decodes a collection that a gateway stored as JSON; `null` for anything else. */
export function decodeStoredCollection(value: unknown): Collection | null {
  return collectionCheck.Check(value) ? toModel(value) : null;
}

/** Decodes a page that a gateway stored as JSON; `null` for anything else. */
export function decodeStoredPage(value: unknown): CollectionPage | null {
  if (!storedPageCheck.Check(value)) return null;
  return { collections: value.collections.map(toModel), nextToken: value.nextToken };
}

// The parsed answer is nobody else's: it becomes the model as it stands, without a copy.
function toModel(wire: Static<typeof wireCollection>): Collection {
  return Object.assign(wire, { thumbnail: decodeThumbnail(wire.thumbnail) });
}

function decodeThumbnail(value: unknown): Thumbnail | 'malformed' | null {
  if (value === undefined || value === null) return null;
  return thumbnailCheck.Check(value) ? value : 'malformed';
}

function malformed(errors: readonly { readonly instancePath: string; readonly message: string }[]) {
  const [first] = errors;
  return fail<Failure>({ kind: 'malformed', issue: `${first?.instancePath || '/'} ${first?.message}` });
}

function isHttpUrl(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}
