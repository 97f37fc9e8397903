import {
  type AssetId,
  type CollectionId,
  isAssetId,
  isCollectionId,
  isModelId,
  type ModelId,
  SCENARIO_ID_FORM,
} from '../shared/brands.ts';
import type { CollectionChange } from './collections/collection.ts';
import { type InputIssue, InvalidInputError } from './errors.ts';

const MAX_SHOWN = 60;
const MAX_NAME_LENGTH = 1_000;
const MAX_ISSUES = 10;
const BLANK = /^\s*$/u;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,128}$/;
const CONTROL = /\p{Cc}/u;

/** @throws InvalidInputError */
export function parseCollectionId(id: string, path: readonly string[]): CollectionId {
  if (isCollectionId(id)) return id;
  throw new InvalidInputError([badId('collection', id, path)]);
}

/** As `parseCollectionId`, for an asset. */
export function parseAssetId(id: string, path: readonly string[]): AssetId {
  if (isAssetId(id)) return id;
  throw new InvalidInputError([badId('asset', id, path)]);
}

/** As `parseCollectionId`, for a model. */
export function parseModelId(id: string, path: readonly string[]): ModelId {
  if (isModelId(id)) return id;
  throw new InvalidInputError([badId('model', id, path)]);
}

/**
 * Checks a list of ids one by one, in order.
 * @throws InvalidInputError when it is longer than `maxIds`, or for the first that is no id
 */
export function parseEachId<Id>(
  ids: readonly string[],
  maxIds: number,
  path: readonly string[],
  parseId: (id: string, path: readonly string[]) => Id,
): Id[] {
  if (ids.length > maxIds)
    throw new InvalidInputError([
      { path, message: `At most ${maxIds} ids fit, but ${ids.length} were given.` },
    ]);
  return ids.map((id, index) => parseId(id, [...path, String(index)]));
}

/**
 * Checks a list of asset ids and drops the repeated ones, keeping the order.
 * @throws InvalidInputError when it is empty, longer than `maxIds`, or holds what is no id
 */
export function parseAssetIds(ids: readonly string[], maxIds: number, path: readonly string[]): AssetId[] {
  return parseIds(ids, maxIds, path, 'asset', isAssetId);
}

/** As `parseAssetIds`, for models. */
export function parseModelIds(ids: readonly string[], maxIds: number, path: readonly string[]): ModelId[] {
  return parseIds(ids, maxIds, path, 'model', isModelId);
}

/** @throws InvalidInputError for a name that is blank, longer than 1,000 characters, holds control characters, or is no valid Unicode */
export function parseName(name: string, path: readonly string[]): string {
  if (BLANK.test(name)) throw new InvalidInputError([{ path, message: 'The name must not be blank.' }]);
  if (name.length > MAX_NAME_LENGTH) {
    const message = `The name must have at most ${MAX_NAME_LENGTH} characters, but has ${name.length}.`;
    throw new InvalidInputError([{ path, message }]);
  }
  if (CONTROL.test(name) || !name.isWellFormed()) {
    const message = 'The name must be well-formed Unicode without control characters.';
    throw new InvalidInputError([{ path, message }]);
  }
  return name;
}

/** @throws InvalidInputError for a key that is not 1 to 128 printable ASCII characters */
export function parseIdempotencyKey(key: string | null | undefined): string | null {
  if (key === null || key === undefined || IDEMPOTENCY_KEY.test(key)) return key ?? null;
  const message =
    'The idempotencyKey must be 1 to 128 printable ASCII characters without spaces: a UUID is best.';
  throw new InvalidInputError([{ path: ['input', 'idempotencyKey'], message }]);
}

/**
 * Checks a change of a collection, as the mutation's input gives it.
 * @throws InvalidInputError when it changes nothing or holds what is no name or no asset id
 */
export function parseChange(input: {
  readonly name?: string | null | undefined;
  readonly thumbnailAssetId?: string | null | undefined;
}): CollectionChange {
  const { name, thumbnailAssetId } = input;
  if (name === null) {
    const message = 'The name cannot be null: leave it out to keep it.';
    throw new InvalidInputError([{ path: ['input', 'name'], message }]);
  }
  if (name === undefined && thumbnailAssetId === undefined) {
    const message = 'Nothing to change: give "name", "thumbnailAssetId" or both.';
    throw new InvalidInputError([{ path: ['input'], message }]);
  }
  return {
    ...(name === undefined ? {} : { name: parseName(name, ['input', 'name']) }),
    ...(thumbnailAssetId === undefined ? {} : { thumbnail: parseThumbnail(thumbnailAssetId) }),
  };
}

function parseThumbnail(assetId: string | null): AssetId | null {
  return assetId === null ? null : parseAssetId(assetId, ['input', 'thumbnailAssetId']);
}

function parseIds<Id extends string>(
  ids: readonly string[],
  maxIds: number,
  path: readonly string[],
  noun: string,
  isId: (value: unknown) => value is Id,
): Id[] {
  if (ids.length === 0) throw new InvalidInputError([{ path, message: `Give at least one ${noun} id.` }]);
  if (ids.length > maxIds) {
    const message = `At most ${maxIds} ${noun} ids fit in one mutation, but ${ids.length} were given.`;
    throw new InvalidInputError([{ path, message }]);
  }
  const issues = ids.flatMap((id, index) => (isId(id) ? [] : [badId(noun, id, [...path, String(index)])]));
  if (issues.length > 0) throw new InvalidInputError(issues.slice(0, MAX_ISSUES));
  return [...new Set(ids.filter(isId))];
}

function badId(noun: string, id: string, path: readonly string[]): InputIssue {
  const shown = JSON.stringify(id.length > MAX_SHOWN ? `${id.slice(0, MAX_SHOWN)}…` : id);
  return { path, message: `${shown} is no ${noun} id: it must be ${SCENARIO_ID_FORM}.` };
}
