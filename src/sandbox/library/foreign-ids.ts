import type { MemberKind } from './library-item.ts';

/** True for what belongs to somebody else and is private: ids that begin with `asset_foreign` or `model_foreign`. */
export function isForeign(kind: MemberKind, id: string): boolean {
  return id.startsWith(`${kind}_foreign`);
}
