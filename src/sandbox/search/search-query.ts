import { z } from 'zod';
import { badRequest } from '../api-error.ts';
import { decode } from '../wire.ts';

const MOST_HITS = 100;

const searchBody = z.object({
  query: z.string().default(''),
  filter: z.string().default(''),
  image: z.unknown().optional(),
  images: z.unknown().optional(),
  querySemanticRatio: z.number().min(0).max(1).default(0),
  sortBy: z.array(z.string()).default([]),
  public: z.boolean().default(false),
  limit: z.int().min(1).optional(),
  offset: z.int().min(0).optional(),
  page: z.int().min(1).optional(),
  hitsPerPage: z.int().min(1).optional(),
});

const offsetText = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a number')
  .transform(Number);

type SearchBody = z.output<typeof searchBody>;

export interface SearchRequest {
  query: string;
  filter: string;
  sort: { field: string; isDescending: boolean } | undefined;
  isPublic: boolean;
  slice: SearchSlice;
}

/** Which hits are asked for. */
export interface SearchSlice {
  from: number;
  take: number;
  /** From 1, where hits are asked for in pages; only then comes an exact total. */
  page: number | undefined;
}

const SORT_FIELDS: ReadonlySet<string> = new Set(['createdAt', 'updatedAt', 'width', 'height']);

/**
 * Reads the body of a search; throws the API's 400s.
 * @param offset as it stands in the URL, where the official SDK puts that of each page but the first
 */
export function readSearch(body: unknown, offset: string | undefined): SearchRequest {
  const asked = decode(searchBody, body);
  if (asked.image !== undefined || asked.images !== undefined) {
    throw badRequest('The sandbox does not play the search by image');
  }
  if (asked.query === '' && asked.filter === '') {
    throw badRequest('Must provide at least one search parameter');
  }
  return {
    query: asked.query,
    filter: asked.filter,
    sort: readSort(asked),
    isPublic: asked.public,
    slice: readSlice(offset === undefined ? asked : { ...asked, offset: decode(offsetText, offset) }),
  };
}

function readSort({ sortBy: [sort], querySemanticRatio }: SearchBody): SearchRequest['sort'] {
  if (sort === undefined) return undefined;
  const [field = '', direction = 'asc'] = sort.split(':');
  if (!SORT_FIELDS.has(field) || !['asc', 'desc'].includes(direction)) {
    throw badRequest(`Invalid sort field: ${sort}`);
  }
  // What is ordered by meaning is not sorted.
  return querySemanticRatio > 0 ? undefined : { field, isDescending: direction === 'desc' };
}

function readSlice({ limit, offset, page, hitsPerPage }: SearchBody): SearchSlice {
  const isPaged = page !== undefined || hitsPerPage !== undefined;
  if (isPaged && (limit !== undefined || offset !== undefined)) {
    throw badRequest('limit and offset cannot be used together with page and hitsPerPage');
  }
  const take = (isPaged ? hitsPerPage : limit) ?? 20;
  if (take > MOST_HITS) throw badRequest(`Limit exceeds maximum (${MOST_HITS})`);
  if (!isPaged) return { from: offset ?? 0, take, page: undefined };
  return { from: ((page ?? 1) - 1) * take, take, page: page ?? 1 };
}
