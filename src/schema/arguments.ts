import { invalidInput } from '../scenario/errors.ts';
import { parseId, quoteId, type ReadId, readId } from '../scenario/parse-input.ts';
import { nounOf, TYPENAMES, type Typename } from '../scenario/subject.ts';
import type { ScenarioId } from '../shared/brands.ts';
import { fail } from '../shared/result.ts';
import { decodeGlobalId } from './global-id.ts';

type Path = readonly string[];

/**
 * Reads an argument that names an object by its global id or its Scenario id.
 * @param path where the argument stands, for the message
 * @throws InvalidInputError
 */
export function idArgument<Type extends Typename>(typename: Type, id: string, path: Path): ScenarioId<Type> {
  return parseId(typename, id, path, readIdArgument);
}

/**
 * Reads a list of objects, each by either id, in order.
 * @throws InvalidInputError when it is longer than `maxIds`, or for the first that is no id
 */
export function idsArgument<Type extends Typename>(
  typename: Type,
  ids: readonly string[],
  maxIds: number,
  path: Path,
): ScenarioId<Type>[] {
  if (ids.length > maxIds) {
    throw invalidInput(path, `At most ${maxIds} ids fit, but ${ids.length} were given.`);
  }
  return ids.map((id, index) => idArgument(typename, id, [...path, String(index)]));
}

/** Reads what `idArgument` reads, with what is wrong with it as data. */
export function readIdArgument<Type extends Typename>(
  typename: Type,
  id: string,
  path: Path,
): ReturnType<ReadId<Type>> {
  const globalId = decodeGlobalId(id);
  const actual = TYPENAMES.find((known) => known === globalId?.typename);
  if (actual === undefined || actual === typename) return readId(typename, scenarioIdOf(typename, id), path);
  const message = `${quoteId(id)} is the id of ${anyOf(actual)}, not of ${anyOf(typename)}.`;
  return fail({ path, message });
}

function anyOf(typename: Typename): string {
  return `${typename === 'Asset' ? 'an' : 'a'} ${nounOf(typename)}`;
}

/**
 * The Scenario id that an argument means: what it holds as a global id of this type, or what it says. A global id of another
 * type is given as the text in it, which is no id anywhere: base64 alone could pass for one.
 */
export function scenarioIdOf(typename: Typename, id: string): string {
  const globalId = decodeGlobalId(id);
  if (globalId === null || !TYPENAMES.some((known) => known === globalId.typename)) return id;
  return globalId.typename === typename ? globalId.id : `${globalId.typename}:${globalId.id}`;
}

/** An object of any type. */
export type NodeId = {
  [Type in Typename]: { readonly typename: Type; readonly id: ScenarioId<Type> };
}[Typename];

/**
 * Reads an argument that names an object of any type.
 * @throws InvalidInputError when it is no global id
 */
export function nodeIdArgument(id: string, path: Path): NodeId {
  const globalId = decodeGlobalId(id);
  switch (globalId?.typename) {
    case 'Collection':
      return { typename: 'Collection', id: parseId('Collection', globalId.id, path) };
    case 'Asset':
      return { typename: 'Asset', id: parseId('Asset', globalId.id, path) };
    case 'Model':
      return { typename: 'Model', id: parseId('Model', globalId.id, path) };
    case undefined:
    default: {
      throw invalidInput(path, `${quoteId(id)} is not a global id: pass an "id" that this API gave.`);
    }
  }
}
