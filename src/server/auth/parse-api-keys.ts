import { z } from 'zod';
import { fail, type Result, succeed } from '../../shared/result.ts';
import type { ApiKey } from './api-key.ts';
import { ALL_SCOPES, isCallerName, isScope, type Scope } from './caller.ts';

const MAX_NAME_LENGTH = 64;

// Each rule has words of its own: zod's can quote what was given, and that may be a secret in the wrong place.
const apiKey = z.strictObject(
  {
    name: z.custom<string>(
      (value) => isCallerName(value, MAX_NAME_LENGTH),
      `must be a name of 1 to ${MAX_NAME_LENGTH} printable characters`,
    ),
    sha256: z
      .string('must be the SHA-256 digest of the key')
      .regex(/^[0-9a-f]{64}$/i, 'must be the SHA-256 digest of the key as 64 hex digits'),
    scopes: z.array(
      z.custom<Scope>(isScope, `must be one of ${[...ALL_SCOPES].join(', ')}`),
      'must be a list of scopes',
    ),
  },
  'must be an object of "name", "sha256" and "scopes", and of nothing else',
);

const apiKeys = z
  .array(apiKey, 'must be a JSON array of {"name","sha256","scopes"}')
  .min(1, 'must hold at least one key')
  .superRefine((keys, context) => {
    const names = keys.map(({ name }) => name);
    const digests = keys.map(({ sha256 }) => sha256.toLowerCase());
    const report = (index: number, field: string) =>
      context.addIssue({ code: 'custom', path: [index, field], message: 'is that of an earlier key too' });
    keys.forEach((_key, index) => {
      if (isRepeated(names, index)) report(index, 'name');
      if (isRepeated(digests, index)) report(index, 'sha256');
    });
  });

/**
 * Reads `AUTH_API_KEYS`: a JSON array of `{"name","sha256","scopes"}`.
 * @returns the keys, or every problem: a phrase to stand after the variable's name, such as
 * `[1].sha256 must be …`, which never quotes what was given
 */
export function parseApiKeys(json: string): Result<readonly ApiKey[], readonly string[]> {
  const parsed = apiKeys.safeParse(parseJson(json));
  if (parsed.success) return succeed(parsed.data);
  return fail(parsed.error.issues.map(({ path, message }) => `${place(path)}${message}`));
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isRepeated(values: readonly string[], index: number): boolean {
  return values.slice(0, index).some((value) => value === values[index]);
}

function place(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '';
  return `${path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')} `;
}
