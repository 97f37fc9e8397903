import type { Viewer } from '../../schema/context.ts';
import type { Caller } from './caller.ts';

// Every caller works with the one account that there is.
const ACCOUNT = 'default';

/** What a caller is told about itself: never the address that it comes from. */
export function toViewer({ identity, scopes }: Caller): Viewer {
  return {
    name: identity ?? 'anonymous',
    account: ACCOUNT,
    canRead: scopes.has('collections:read'),
    canWrite: scopes.has('collections:write'),
  };
}
