import { InvalidInputError } from '../scenario/errors.ts';
import { parseAssetId, parseCollectionId, parseEachId, parseModelId } from '../scenario/parse-input.ts';
import type { Typename } from '../scenario/subject.ts';
import type { AssetId, CollectionId, ModelId } from '../shared/brands.ts';
import { decodeGlobalId } from './global-id.ts';

type Path = readonly string[];

/**
 * Reads an argument that names a collection by its global id or its Scenario id.
 * @param path where the argument stands, for the message
 * @throws InvalidInputError
 */
export function collectionIdArgument(id: string, path: Path): CollectionId {
  return parseCollectionId(scenarioIdOf('Collection', id), path);
}

/** As `collectionIdArgument`, for an asset. */
export function assetIdArgument(id: string, path: Path): AssetId {
  return parseAssetId(scenarioIdOf('Asset', id), path);
}

/** As `collectionIdArgument`, for a model. */
export function modelIdArgument(id: string, path: Path): ModelId {
  return parseModelId(scenarioIdOf('Model', id), path);
}

/**
 * Reads a list of assets, each by either id, in order.
 * @throws InvalidInputError when it is longer than `maxIds`, or holds what is no id
 */
export function assetIdsArgument(ids: readonly string[], maxIds: number, path: Path): AssetId[] {
  return parseEachId(ids, maxIds, path, assetIdArgument);
}

/** As `assetIdsArgument`, for models. */
export function modelIdsArgument(ids: readonly string[], maxIds: number, path: Path): ModelId[] {
  return parseEachId(ids, maxIds, path, modelIdArgument);
}

const TYPENAMES: ReadonlySet<string> = new Set<Typename>(['Collection', 'Asset', 'Model']);

/**
 * The Scenario id that an argument means: what it holds as a global id of this type, or what it says. A global id of another
 * type is given as the text in it, which is no id anywhere: base64 alone could pass for one.
 */
export function scenarioIdOf(typename: Typename, id: string): string {
  const globalId = decodeGlobalId(id);
  if (globalId === null || !TYPENAMES.has(globalId.typename)) return id;
  return globalId.typename === typename ? globalId.id : `${globalId.typename}:${globalId.id}`;
}

/** An object of any type. */
export type NodeId =
  | { readonly typename: 'Collection'; readonly id: CollectionId }
  | { readonly typename: 'Asset'; readonly id: AssetId }
  | { readonly typename: 'Model'; readonly id: ModelId };

/**
 * Reads an argument that names an object of any type.
 * @throws InvalidInputError when it is no global id
 */
export function nodeIdArgument(id: string, path: Path): NodeId {
  const globalId = decodeGlobalId(id);
  switch (globalId?.typename) {
    case 'Collection':
      return { typename: 'Collection', id: parseCollectionId(globalId.id, path) };
    case 'Asset':
      return { typename: 'Asset', id: parseAssetId(globalId.id, path) };
    case 'Model':
      return { typename: 'Model', id: parseModelId(globalId.id, path) };
    case undefined:
    default: {
      const message = `${JSON.stringify(id.slice(0, 60))} is no global id: pass an "id" that this API gave.`;
      throw new InvalidInputError([{ path, message }]);
    }
  }
}
