import { InvalidInputError } from '../scenario/errors.ts';
import { parseCollectionId } from '../scenario/parse-input.ts';
import type { CollectionId } from '../shared/brands.ts';
import { decodeGlobalId } from './global-id.ts';

/**
 * Reads an argument that names a collection by its global id or its Scenario id.
 * @param path where the argument stands, for the message
 * @throws InvalidInputError
 */
export function collectionIdArgument(id: string, path: readonly string[]): CollectionId {
  const globalId = decodeGlobalId(id);
  return parseCollectionId(globalId?.typename === 'Collection' ? globalId.id : id, path);
}

/**
 * Reads an argument that names a node of any type.
 * @throws InvalidInputError when it is no global id of a collection, the only node type
 */
export function nodeIdArgument(id: string, path: readonly string[]): CollectionId {
  const globalId = decodeGlobalId(id);
  if (globalId?.typename === 'Collection') return parseCollectionId(globalId.id, path);
  const shown = JSON.stringify(id.slice(0, 60));
  throw new InvalidInputError([
    { path, message: `${shown} is no global id: pass an "id" that this API gave.` },
  ]);
}
