import type { z } from 'zod';
import { fail, type Result, succeed } from '../shared/result.ts';

/**
 * Reads a variable that holds a JSON array with secrets in it.
 * @param list checks it; each of its rules has words of its own, as zod's can quote what was given
 * @returns what it holds, or every problem: a phrase to stand after the variable's name, such as `[1].name must be …`,
 * which never quotes what was given
 */
export function parseSecretList<Item>(
  json: string,
  list: z.ZodType<readonly Item[]>,
): Result<readonly Item[], readonly string[]> {
  const parsed = list.safeParse(parseJson(json));
  if (parsed.success) return succeed(parsed.data);
  return fail(parsed.error.issues.map(({ path, message }) => `${place(path)}${message}`));
}

/** Reports, for this field of a list's items, each value that stands in an earlier item too. */
export function reportRepeated(
  field: string,
  values: readonly string[],
  issues: { addIssue(issue: { code: 'custom'; path: [number, string]; message: string }): void },
  message: string,
): void {
  const known = new Set<string>();
  values.forEach((value, index) => {
    if (known.has(value)) issues.addIssue({ code: 'custom', path: [index, field], message });
    known.add(value);
  });
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function place(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '';
  return `${path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')} `;
}
