import type { z } from 'zod';
import { fail, type Result, succeed } from '../shared/result.ts';
import { tryParseJson } from '../shared/try-parse-json.ts';

/** What is asked of a list, each rule in words of its own: zod's can quote what was given. */
interface ListRules<Item> {
  readonly items: z.ZodType<readonly Item[]>;
  readonly most?: { readonly count: number; readonly message: string };
  /** Fields whose values must differ from item to item, with what is compared of them. */
  readonly distinct: {
    readonly fields: Readonly<Record<string, (value: string) => string>>;
    readonly message: string;
  };
}

/**
 * Reads a variable that holds a JSON array with secrets in it.
 * @param rules are all checked, whichever are broken; zod's own checks of a whole list look at no item or at good ones alone
 * @returns what it holds, or every problem: a phrase to stand after the variable's name, such as `[1].name must be …`,
 * which never quotes what was given
 */
export function parseSecretList<Item>(
  json: string,
  rules: ListRules<Item>,
): Result<readonly Item[], readonly string[]> {
  const list = tryParseJson(json);
  const parsed = rules.items.safeParse(list);
  const issues = parsed.success ? [] : parsed.error.issues;
  const problems = issues.map(({ path, message }) => `${placeIn(path)} ${message}`.trimStart());
  const { most, distinct } = rules;
  if (most && Array.isArray(list) && list.length > most.count) problems.push(most.message);
  for (const [field, comparable] of Object.entries(distinct.fields)) {
    for (const index of repeatedIn(valuesIn(json, field), comparable))
      problems.push(`${placeIn([index, field])} ${distinct.message}`);
  }
  return parsed.success && problems.length === 0 ? succeed(parsed.data) : fail(problems);
}

/**
 * What stands in one field of the items of such a list, whatever is wrong with the rest of it.
 * @returns for each item the value, which nothing has checked: `undefined` where it is absent, `null` for what is no object
 */
export function valuesIn(json: string, field: string): readonly unknown[] {
  const list = tryParseJson(json);
  return Array.isArray(list) ? list.map((item: unknown) => (isRecord(item) ? item[field] : null)) : [];
}

/** Where something stands in a value, such as `[1].name`. */
export function placeIn(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
}

function repeatedIn(values: readonly unknown[], comparable: (value: string) => string): readonly number[] {
  const known = new Set<string>();
  return values.flatMap((value, index) => {
    if (typeof value !== 'string') return [];
    const compared = comparable(value);
    if (known.has(compared)) return [index];
    known.add(compared);
    return [];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
