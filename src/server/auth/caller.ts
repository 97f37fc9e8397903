import type { AccountName } from '../../shared/brands.ts';

const SCOPES = ['collections:read', 'collections:write'] as const;

/** What a caller may do. */
export type Scope = (typeof SCOPES)[number];

/** Who sent a request. */
export interface Caller {
  /** Name of the API key or subject of the token; `null` where nobody is asked who they are. Never a secret. */
  readonly identity: string | null;
  /** Whose budget is used, and what the log says: the identity, or else the address. */
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The upstream account that it works with; `null` for nobody, who works with none. */
  readonly account: AccountName | null;
}

/** Every scope that there is. */
export const ALL_SCOPES: ReadonlySet<Scope> = new Set(SCOPES);

export function isScope(value: unknown): value is Scope {
  return SCOPES.some((scope) => scope === value);
}

// Format characters are out too: those that turn the writing direction let one name pass for another.
const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}]+$/u;

/** Whether a text can stand for a caller in logs and counters: printable, not blank, at most this many UTF-16 units. */
export function isCallerName(value: unknown, maxLength: number): value is string {
  return (
    typeof value === 'string' && value.length <= maxLength && value.trim() !== '' && PRINTABLE.test(value)
  );
}
