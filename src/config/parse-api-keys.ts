import { z } from 'zod';
import type { ApiKey } from '../server/auth/api-key.ts';
import { ALL_SCOPES, isCallerName, isScope, type Scope } from '../server/auth/caller.ts';
import type { Result } from '../shared/result.ts';
import { parseSecretList } from './parse-secret-list.ts';

/** A key as it is listed: where it names no account, it belongs to the default one. */
export interface ListedKey extends Omit<ApiKey, 'account'> {
  readonly account?: string | undefined;
}

const MAX_NAME_LENGTH = 64;

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
    account: z.string('must be the name of an account').optional(),
  },
  'must be an object of "name", "sha256", "scopes" and, if need be, "account", and of nothing else',
);

const items = z
  .array(apiKey, 'must be a JSON array of {"name","sha256","scopes","account"?}')
  .min(1, 'must hold at least one key');

/** Reads `AUTH_API_KEYS`: a JSON array of `{"name","sha256","scopes","account"?}`. Whether there are such accounts is not known here. */
export function parseApiKeys(json: string): Result<readonly ListedKey[], readonly string[]> {
  return parseSecretList(json, {
    items,
    distinct: {
      fields: { name: (name) => name, sha256: (digest) => digest.toLowerCase() },
      message: 'is that of an earlier key too',
    },
  });
}
