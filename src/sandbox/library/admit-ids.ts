import { ApiError } from '../api-error.ts';
import { planAsset } from '../assets/plan-asset.ts';
import type { Faults } from '../faults.ts';
import { planModel } from '../models/plan-model.ts';
import { isForeign } from './foreign-ids.ts';
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
  if (ids.some((id) => isForeign(kind, id))) throw forbidden(kind);
  const unknown = ids.filter((id) => library.find(kind, id) === undefined);
  if (unknown.length === 0) return [];
  switch (unknownIds) {
    case '403':
      throw forbidden(kind);
    case '404':
      throw new ApiError({ status: 404, name: 'NotFound', reason: `One or more ${kind}s do not exist` });
    case 'accept':
      return unknown.map((id) => (kind === 'asset' ? planAsset(id, 0) : planModel(id, 0)));
    default:
      return unknownIds satisfies never;
  }
}

function forbidden(kind: MemberKind): ApiError {
  const reason = `You don't have access to one or more ${kind}s`;
  return new ApiError({ status: 403, name: 'Forbidden', reason });
}
