import { forbidden, notFound } from '../api-error.ts';
import { planAsset } from '../assets/plan-asset.ts';
import type { Faults } from '../faults.ts';
import { planModel } from '../models/plan-model.ts';
import type { LibraryItem, MemberKind } from './library-item.ts';
import type { LibraryStore } from './library-store.ts';

/**
 * Lets a write use these ids, or throws what the API answers: 403 for what belongs to somebody else, and for what does
 * not exist as it is switched. None of the answers names an id.
 * @returns what the write has to make exist first
 */
export function admitIds(
  library: LibraryStore,
  kind: MemberKind,
  ids: readonly string[],
  { unknownIds }: Pick<Faults['membership'], 'unknownIds'>,
): LibraryItem[] {
  if (ids.some((id) => isForeign(kind, id))) throw forbidden(`You don't have access to one or more ${kind}s`);
  const unknown = ids.filter((id) => library.find(kind, id) === undefined);
  if (unknown.length === 0) return [];
  switch (unknownIds) {
    case '403':
      throw forbidden(`You don't have access to one or more ${kind}s`);
    case '404':
      throw notFound(`One or more ${kind}s do not exist`);
    case 'accept':
      return unknown.map((id) => (kind === 'asset' ? planAsset(id, 0) : planModel(id, 0)));
    default:
      return unknownIds satisfies never;
  }
}

/** True for what belongs to somebody else and is private: ids that begin with `asset_foreign` or `model_foreign`. */
export function isForeign(kind: MemberKind, id: string): boolean {
  return id.startsWith(`${kind}_foreign`);
}
