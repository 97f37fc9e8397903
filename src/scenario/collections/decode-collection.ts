import { hash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { ReadKind } from '../../cache/read-kind.ts';
import type { Failure } from '../../http/failure.ts';
import { type CollectionId, isCollectionId } from '../../shared/brands.ts';
import { fail, type Result, succeed } from '../../shared/result.ts';
import { isRfc3339 } from '../rfc3339.ts';
import type { Collection, CollectionPage, Thumbnail } from './collection.ts';

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

function decodeStoredPage(value: unknown): CollectionPage | null {
  if (!storedPageCheck.Check(value)) return null;
  return { collections: value.collections.map(toModel), nextToken: value.nextToken };
}

// Answers hold more than is known here: the rest is let go.
function toModel(wire: Static<typeof wireCollection>): Collection {
  const { id, name, ownerId, assetCount, modelCount, itemCount, thumbnail, createdAt, updatedAt } = wire;
  return {
    id,
    name,
    ownerId,
    assetCount,
    modelCount,
    itemCount,
    thumbnail: decodeThumbnail(thumbnail),
    createdAt,
    updatedAt,
  };
}

function decodeThumbnail(value: unknown): Thumbnail | 'malformed' | null {
  if (value === undefined || value === null) return null;
  return thumbnailCheck.Check(value) ? { assetId: value.assetId, url: value.url } : 'malformed';
}

const SHAPE = hash('sha256', JSON.stringify([wireCollection, wireThumbnail]), 'base64url').slice(0, 12);
// Of the objects themselves, without their longer texts.
const BYTES_PER_COLLECTION = 600;

function isWhole({ thumbnail }: Collection): boolean {
  return thumbnail !== 'malformed';
}

function sizeOf({ name, ownerId, thumbnail }: Collection): number {
  const url = thumbnail === null || thumbnail === 'malformed' ? '' : thumbnail.url;
  return BYTES_PER_COLLECTION + 2 * (name.length + ownerId.length + url.length);
}

/** How single collections are kept. */
export const COLLECTION_READ: ReadKind<Collection> = {
  shape: SHAPE,
  decodeStored: decodeStoredCollection,
  isFrom: (path, { id }) => path.replace(/\?.*/, '').endsWith(`/${id}`),
  isWhole,
  sizeOf,
};

/** How pages of the list are kept. */
export const PAGE_READ: ReadKind<CollectionPage> = {
  shape: SHAPE,
  decodeStored: decodeStoredPage,
  isFrom: () => true,
  isWhole: ({ collections }) => collections.every(isWhole),
  sizeOf: ({ collections }) => collections.reduce((sum, each) => sum + sizeOf(each), BYTES_PER_COLLECTION),
};

function malformed(errors: readonly { readonly instancePath: string; readonly message: string }[]) {
  const [first] = errors;
  return fail<Failure>({ kind: 'malformed', issue: `${first?.instancePath || '/'} ${first?.message}` });
}

function isHttpUrl(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}
