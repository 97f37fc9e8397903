import { type AssetId, isScenarioId, SCENARIO_ID_FORM, type ScenarioId } from '../shared/brands.ts';
import { fail, type Result, succeed } from '../shared/result.ts';
import { checkText } from './check-text.ts';
import type { CollectionChange } from './collections/collection.ts';
import { type InputIssue, InvalidInputError, invalidInput } from './errors.ts';
import { nounOf, type Typename } from './subject.ts';

const MAX_SHOWN = 60;
const MAX_NAME_LENGTH = 1_000;
const MAX_ISSUES = 10;
const BLANK = /^\s*$/u;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,128}$/;

/** Reads an id of this type. @param path where it stands, for what is wrong with it */
export type ReadId<Type extends Typename> = (
  typename: Type,
  id: string,
  path: readonly string[],
) => Result<ScenarioId<Type>, InputIssue>;

/** Reads an id as the Scenario API knows it. */
export function readId<Type extends Typename>(
  typename: Type,
  id: string,
  path: readonly string[],
): ReturnType<ReadId<Type>> {
  if (isScenarioId<Type>(id)) return succeed(id);
  const noun = nounOf(typename);
  return fail({ path, message: `${quoteId(id)} is not a valid ${noun} id: it must be ${SCENARIO_ID_FORM}.` });
}

/** @throws InvalidInputError */
export function parseId<Type extends Typename>(
  typename: Type,
  id: string,
  path: readonly string[],
  read: ReadId<Type> = readId,
): ScenarioId<Type> {
  const result = read(typename, id, path);
  if (result.ok) return result.value;
  throw new InvalidInputError([result.failure]);
}

/** An id as messages show it. */
export function quoteId(id: string): string {
  return JSON.stringify(id.length > MAX_SHOWN ? `${id.slice(0, MAX_SHOWN)}…` : id);
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
  read: ReadId<Type> = readId,
): ScenarioId<Type>[] {
  const noun = nounOf(typename);
  if (ids.length === 0) throw invalidInput(path, `Give at least one ${noun} id.`);
  if (ids.length > maxIds) {
    throw invalidInput(
      path,
      `At most ${maxIds} ${noun} ids fit in one mutation, but ${ids.length} were given.`,
    );
  }
  const results = ids.map((id, index) => read(typename, id, [...path, String(index)]));
  const issues = results.flatMap((result) => (result.ok ? [] : [result.failure]));
  if (issues.length > 0) throw new InvalidInputError(firstOf(issues));
  return [...new Set(results.flatMap((result) => (result.ok ? [result.value] : [])))];
}

// The last one that is told says how many are not.
function firstOf(issues: readonly InputIssue[]): readonly InputIssue[] {
  const last = issues[MAX_ISSUES - 1];
  const left = issues.length - MAX_ISSUES;
  if (!last || left <= 0) return issues;
  const message = `${last.message} ${left} more are wrong too.`;
  return [...issues.slice(0, MAX_ISSUES - 1), { path: last.path, message }];
}

/**
 * Reads two parts of an input.
 * @throws InvalidInputError with all that is wrong with either
 */
export function parseBoth<First, Second>(
  parseFirst: () => First,
  parseSecond: () => Second,
): readonly [First, Second] {
  const first = attempt(parseFirst);
  const second = attempt(parseSecond);
  if (first.ok && second.ok) return [first.value, second.value];
  throw new InvalidInputError([first, second].flatMap((part) => (part.ok ? [] : part.failure)));
}

function attempt<Value>(parse: () => Value): Result<Value, readonly InputIssue[]> {
  try {
    return succeed(parse());
  } catch (error) {
    if (error instanceof InvalidInputError) return fail(error.issues);
    throw error;
  }
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
export function parseChange(
  input: {
    readonly name?: string | null | undefined;
    readonly thumbnailAssetId?: string | null | undefined;
  },
  readAssetId: ReadId<'Asset'> = readId,
): CollectionChange {
  const { name, thumbnailAssetId } = input;
  if (name === undefined && thumbnailAssetId === undefined) {
    throw invalidInput(['input'], 'Nothing to change: give "name", "thumbnailAssetId" or both.');
  }
  const [ofName, ofThumbnail] = parseBoth(
    () => (name === undefined ? {} : { name: parseNewName(name) }),
    () =>
      thumbnailAssetId === undefined ? {} : { thumbnail: parseThumbnail(thumbnailAssetId, readAssetId) },
  );
  return { ...ofName, ...ofThumbnail };
}

function parseNewName(name: string | null): string {
  if (name !== null) return parseName(name, ['input', 'name']);
  throw invalidInput(['input', 'name'], 'The name cannot be null: leave it out to keep it.');
}

function parseThumbnail(assetId: string | null, read: ReadId<'Asset'>): AssetId | null {
  return assetId === null ? null : parseId('Asset', assetId, ['input', 'thumbnailAssetId'], read);
}
