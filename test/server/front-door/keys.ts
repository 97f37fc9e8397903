import { hash } from 'node:crypto';
import type { QueryInit } from '../../support/gateway.ts';

const KEYS = {
  'read-key': { name: 'reader', scopes: ['collections:read'] },
  'write-key': { name: 'writer', scopes: ['collections:write'] },
  'full-key': { name: 'studio', scopes: ['collections:read', 'collections:write'] },
  'idle-key': { name: 'idle', scopes: [] },
};

/** A key that the gateway knows. */
export type Key = keyof typeof KEYS;

/** The variables that make a gateway ask for these keys. */
export const ASKS_FOR_KEYS = {
  AUTH_MODE: 'api-key',
  AUTH_API_KEYS: JSON.stringify(
    Object.entries(KEYS).map(([key, { name, scopes }]) => ({ name, scopes, sha256: hash('sha256', key) })),
  ),
};

/** What presents this key. */
export function bearing(key: string): QueryInit {
  return { headers: { authorization: `Bearer ${key}` } };
}
