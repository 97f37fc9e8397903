import type { CollectionId } from '../../shared/brands.ts';

/** Which assets are searched for: those that all of it holds for. What is empty or null filters nothing. */
export interface AssetFilter {
  /** Words to look for. */
  readonly text: string;
  readonly kinds: KindChoice;
  /** Tags that an asset has, each of them. */
  readonly tags: readonly string[];
  readonly inCollection: CollectionId | null;
  readonly notInCollection: CollectionId | null;
}

/** Kinds in the upstream's words, of which an asset has one. */
export interface KindChoice {
  readonly anyOf: readonly string[];
  /** All kinds but these are chosen as well; empty for no more kinds. */
  readonly orNoneOf: readonly string[];
}

/**
 * Writes the conditions of a filter in the language of the upstream's search; empty where there are none. Every value is
 * quoted, so that none can be read as anything but a value.
 */
export function writeConditions({ kinds, tags, inCollection, notInCollection }: AssetFilter): string {
  return [
    ...kindConditions(kinds),
    ...tags.map((tag) => equals('tags', tag)),
    ...(inCollection === null ? [] : [equals('collectionIds', inCollection)]),
    ...(notInCollection === null ? [] : [differs('collectionIds', notInCollection)]),
  ].join(' AND ');
}

function kindConditions({ anyOf, orNoneOf }: KindChoice): string[] {
  const choices = anyOf.map((kind) => equals('kind', kind));
  if (orNoneOf.length > 0) choices.push(`(${orNoneOf.map((kind) => differs('kind', kind)).join(' AND ')})`);
  return choices.length > 1 ? [`(${choices.join(' OR ')})`] : choices;
}

function equals(field: string, value: string): string {
  return `${field} = ${quote(value)}`;
}

function differs(field: string, value: string): string {
  return `${field} != ${quote(value)}`;
}

function quote(value: string): string {
  return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
