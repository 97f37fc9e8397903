import { z } from 'zod';
import { badRequest } from '../api-error.ts';
import type { Faults } from '../faults.ts';
import type { ItemQuery } from '../library/item-query.ts';
import type { ListRequest } from '../library/library-routes.ts';
import { listFields, readOrder, readTypes, refuseUnplayed } from '../library/list-query.ts';
import { pageFields, readPageRequest } from '../page-query.ts';
import { decode } from '../wire.ts';

type Query = Readonly<Record<string, string>>;

const listQuery = z.object({
  ...pageFields({ byDefault: 100, most: 500 }),
  ...listFields,
  collectionIds: z.string().min(1).optional(),
  sortBy: z.enum(['createdAt', 'updatedAt', 'score']).optional(),
  privacy: z.enum(['private', 'public']).default('private'),
});

const ONLY_FOR = {
  private: ['collectionId', 'status'],
  public: ['collectionIds', 'type', 'types', 'tags', 'updatedAfter', 'updatedBefore'],
} as const;

/** Reads the parameters of a list of models, which depend on the privacy that is asked for; throws the API's 400s. */
export function readModelList(query: Query, { inapplicable }: Faults['list']): ListRequest {
  const parameters = decode(listQuery, applicable(query, inapplicable));
  const { privacy, collectionId, collectionIds, sortBy } = parameters;
  refuseUnplayed(query, ['deleted', 'loadedOnly', 'status', 'tags']);
  if (sortBy === 'updatedAt' && privacy === 'private') {
    throw badRequest('sortBy updatedAt is only available when privacy=public');
  }
  if (sortBy === 'score' && privacy === 'private') {
    throw badRequest('sortBy score must be used together with privacy and status');
  }
  const { order, dates } = readOrder(parameters);
  return {
    page: readPageRequest(parameters),
    items: {
      kind: 'model',
      collectionIds: collectionId === undefined ? collectionIds?.split(',') : [collectionId],
      privacies: [privacy],
      ownOnly: privacy === 'private',
      types: readTypes(parameters),
      dates,
      order: order ?? defaultOrder(privacy),
    },
  };
}

/** Private models come newest first, public ones by a score that is not told. */
function defaultOrder(privacy: 'private' | 'public'): ItemQuery['order'] {
  return privacy === 'private' ? { field: 'createdAt', direction: 'desc' } : undefined;
}

/** The query without parameters that are only for the other privacy, or a 400 for them. */
function applicable(query: Query, inapplicable: Faults['list']['inapplicable']): Query {
  const other = query['privacy'] === 'public' ? 'private' : 'public';
  const wrong = new Set<string>(ONLY_FOR[other]);
  const found = Object.keys(query).find((name) => wrong.has(name));
  if (found === undefined) return query;
  if (inapplicable === '400') throw badRequest(`${found} is only available when privacy=${other}`);
  return Object.fromEntries(Object.entries(query).filter(([name]) => !wrong.has(name)));
}
