import type { Viewer } from '../../schema/context.ts';
import type { AccountName } from '../../shared/brands.ts';
import type { Caller } from './caller.ts';

/** What a caller is told about itself: never the address that it comes from. */
export function toViewer({ identity, scopes }: Caller, account: AccountName): Viewer {
  return {
    name: identity ?? 'anonymous',
    account,
    canRead: scopes.has('collections:read'),
    canWrite: scopes.has('collections:write'),
  };
}
