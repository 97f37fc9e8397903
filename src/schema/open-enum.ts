import { builder } from './builder.ts';

/** A value of an enum: the upstream's word for it, and what it means. */
interface Word {
  readonly word: string;
  readonly description: string;
}

/**
 * Defines an enum over words of the upstream, to which it may add.
 * @param values by their names in the schema
 * @returns the type; `field` defines a field that shows it (`OTHER` for a word that is not known), `wordOf` gives the word of
 * a name (`null` for `OTHER`)
 */
export function defineOpenEnum<Name extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Name, Word>>,
) {
  const entries = Object.entries<Word>(values);
  const type = builder.enumType(name, {
    description,
    values: Object.fromEntries([
      ...entries.map(([key, { description: meaning }]) => [key, { description: meaning }]),
      ['OTHER', { description: 'A value that the Scenario API has added since.' }],
    ]),
  });
  const names = new Map(entries.map(([key, { word }]) => [word, key]));
  const words = new Map(entries.map(([key, { word }]) => [key, word]));
  return {
    type,
    words: [...words.values()],
    field: <Field extends string>(field: Field, meaning: string) => ({
      type,
      description: meaning,
      resolve: (item: Readonly<Record<Field, string>>): string => names.get(item[field]) ?? 'OTHER',
    }),
    wordOf: (key: string): string | null => words.get(key) ?? null,
  };
}
