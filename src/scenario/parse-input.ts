import { type AssetId, isScenarioId, SCENARIO_ID_FORM, type ScenarioId } from '../shared/brands.ts';
import { checkText } from './check-text.ts';
import type { CollectionChange } from './collections/collection.ts';
import { type InputIssue, InvalidInputError, invalidInput } from './errors.ts';
import { nounOf, type Typename } from './subject.ts';

const MAX_SHOWN = 60;
const MAX_NAME_LENGTH = 1_000;
const MAX_ISSUES = 10;
const BLANK = /^\s*$/u;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,128}$/;

/** @throws InvalidInputError */
export function parseId<Type extends Typename>(
  typename: Type,
  id: string,
  path: readonly string[],
): ScenarioId<Type> {
  if (isScenarioId<Type>(id)) return id;
  throw new InvalidInputError([badId(typename, id, path)]);
}

/**
 * Checks a list of ids and drops the repeated ones, keeping the order.
 * @throws InvalidInputError when it is empty, longer than `maxIds`, or holds what is no id
 */
export function parseIds<Type extends Typename>(
  typename: Type,
  ids: readonly string[],
  maxIds: number,
  path: readonly string[],
): ScenarioId<Type>[] {
  const noun = nounOf(typename);
  if (ids.length === 0) throw invalidInput(path, `Give at least one ${noun} id.`);
  if (ids.length > maxIds) {
    throw invalidInput(
      path,
      `At most ${maxIds} ${noun} ids fit in one mutation, but ${ids.length} were given.`,
    );
  }
  const issues = ids.flatMap((id, index) =>
    isScenarioId(id) ? [] : [badId(typename, id, [...path, String(index)])],
  );
  if (issues.length > 0) throw new InvalidInputError(issues.slice(0, MAX_ISSUES));
  return [...new Set(ids.filter(isScenarioId<Type>))];
}

/** @throws InvalidInputError for a name that is blank, longer than 1,000 characters, holds control characters, or is no valid Unicode */
export function parseName(name: string, path: readonly string[]): string {
  if (BLANK.test(name)) throw invalidInput(path, 'The name must not be blank.');
  return checkText(name, 'name', MAX_NAME_LENGTH, path);
}

/** @throws InvalidInputError for a key that is not 1 to 128 printable ASCII characters */
export function parseIdempotencyKey(key: string | null | undefined): string | null {
  if (key === null || key === undefined) return null;
  if (IDEMPOTENCY_KEY.test(key)) return key;
  throw invalidInput(
    ['input', 'idempotencyKey'],
    'The idempotencyKey must be 1 to 128 printable ASCII characters without spaces: a UUID is best.',
  );
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
    throw invalidInput(['input', 'name'], 'The name cannot be null: leave it out to keep it.');
  }
  if (name === undefined && thumbnailAssetId === undefined) {
    throw invalidInput(['input'], 'Nothing to change: give "name", "thumbnailAssetId" or both.');
  }
  return {
    ...(name === undefined ? {} : { name: parseName(name, ['input', 'name']) }),
    ...(thumbnailAssetId === undefined ? {} : { thumbnail: parseThumbnail(thumbnailAssetId) }),
  };
}

function parseThumbnail(assetId: string | null): AssetId | null {
  return assetId === null ? null : parseId('Asset', assetId, ['input', 'thumbnailAssetId']);
}

function badId(typename: Typename, id: string, path: readonly string[]): InputIssue {
  const shown = JSON.stringify(id.length > MAX_SHOWN ? `${id.slice(0, MAX_SHOWN)}…` : id);
  return { path, message: `${shown} is not a valid ${nounOf(typename)} id: it must be ${SCENARIO_ID_FORM}.` };
}
