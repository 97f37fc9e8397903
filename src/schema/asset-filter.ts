import type { AssetFilter, KindChoice } from '../scenario/assets/asset-filter.ts';
import { parseSearchText, parseTags } from '../scenario/assets/parse-asset-filter.ts';
import { isRecord } from '../shared/is-record.ts';
import { idArgument } from './arguments.ts';
import { assetKind } from './asset.ts';
import { builder } from './builder.ts';

export const AssetFilterInput = builder.inputType('AssetFilter', {
  description: 'Filters assets: each condition that is given must hold.',
  fields: (t) => ({
    text: t.string({
      description:
        'Only assets in whose name, prompt, description or tags the search finds these words. At most 1,000 characters.',
    }),
    kinds: t.field({ type: [assetKind.type], description: 'Only assets of one of these kinds.' }),
    tags: t.stringList({
      description: 'Only assets that have each of these tags. At most 50, of at most 200 characters.',
    }),
    inCollection: t.id({
      description: 'Only assets in this collection, by its global id or its Scenario id.',
    }),
    notInCollection: t.id({
      description: 'Only assets outside this collection, by its global id or its Scenario id.',
    }),
  }),
});

/** Whether a filter filters nothing, so that no search is needed. */
export function isEmptyFilter(filter: unknown): boolean {
  if (!isRecord(filter)) return true;
  return Object.entries(filter).every(
    ([name, value]) =>
      (value ?? null) === null ||
      (Array.isArray(value) && value.length === 0) ||
      (name === 'text' && typeof value === 'string' && value.trim() === ''),
  );
}

/**
 * Reads the argument.
 * @param path where it stands, for messages
 * @throws InvalidInputError
 */
export function assetFilterArgument(
  { text, kinds, tags, inCollection, notInCollection }: typeof AssetFilterInput.$inferInput,
  path: readonly string[],
): AssetFilter {
  const readId = (id: string | null | undefined, name: string) =>
    (id ?? null) === null ? null : idArgument('Collection', String(id), [...path, name]);
  return {
    text: parseSearchText(text ?? '', [...path, 'text']),
    kinds: choiceOf(kinds ?? []),
    tags: parseTags(tags ?? [], [...path, 'tags']),
    inCollection: readId(inCollection, 'inCollection'),
    notInCollection: readId(notInCollection, 'notInCollection'),
  };
}

// In one order, so that the same choice is the same search.
function choiceOf(kinds: readonly string[]): KindChoice {
  const words = new Set(kinds.map(assetKind.wordOf));
  return {
    anyOf: assetKind.words.filter((word) => words.has(word)),
    orNoneOf: words.has(null) ? assetKind.words : [],
  };
}
