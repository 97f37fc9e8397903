import { ApiError } from './api-error.ts';
import type { MemberKind } from './collections-store.ts';

/**
 * The sandbox holds no assets or models of its own: every id exists, and those that begin with `asset_foreign` or
 * `model_foreign` belong to another project. Throws the API's 403 for these.
 */
export function refuseForeignIds(kind: MemberKind, ids: readonly string[]): void {
  const foreign = ids.filter((id) => id.startsWith(`${kind}_foreign`));
  if (foreign.length === 0) return;
  throw new ApiError({
    status: 403,
    name: 'Forbidden',
    reason: `You don't have access to ${kind} ${foreign.join(', ')}`,
    details: { [`${kind}Ids`]: foreign },
  });
}
