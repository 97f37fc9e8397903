import { hash, timingSafeEqual } from 'node:crypto';
import type { AccountName } from '../../shared/brands.ts';
import { fail, type Result, succeed } from '../../shared/result.ts';
import type { Caller, Scope } from './caller.ts';
import type { Rejection } from './rejection.ts';

/** A key that callers may present; the key itself is not known here. */
export interface ApiKey {
  readonly name: string;
  /** Hex SHA-256 digest of the key, 64 digits of any case. */
  readonly sha256: string;
  readonly scopes: readonly Scope[];
  readonly account: AccountName;
}

const DIGEST_BYTES = 32;

/** Gives a function that tells whose key was presented. */
export function createKeyCheck(keys: readonly ApiKey[]): (presented: string) => Result<Caller, Rejection> {
  const known = keys.map(({ name, sha256, scopes, account }): { digest: Buffer; caller: Caller } => ({
    digest: Buffer.from(sha256, 'hex'),
    caller: { identity: name, name, scopes: new Set(scopes), account },
  }));
  // Of the key that is looked at.
  const digest = Buffer.alloc(DIGEST_BYTES);
  return (presented) => {
    // Asked for bytes, Node takes twice as long as for a text of them.
    digest.write(hash('sha256', presented, 'latin1'), 'latin1');
    let found: Caller | null = null;
    // Walks on after a match: how long it takes tells nothing about which key matched, or how nearly.
    for (const key of known) {
      if (timingSafeEqual(key.digest, digest)) found = key.caller;
    }
    return found ? succeed(found) : fail({ kind: 'not-accepted', reason: 'unknown key' });
  };
}
