import { z } from 'zod';
import { badRequest } from './api-error.ts';
import type { PageRequest } from './list-page.ts';
import { decodePageToken } from './page-token.ts';

/** The two parameters that every list takes. */
export function pageFields({ byDefault, most }: { byDefault: number; most: number }) {
  return {
    pageSize: z
      .string()
      .regex(/^\d{1,3}$/, 'must be a number')
      .transform(Number)
      .pipe(z.number().min(1, 'must be 1 at least').max(most, `must be ${most} at most`))
      .default(byDefault),
    paginationToken: z.string().optional(),
  };
}

interface PageQuery {
  pageSize: number;
  paginationToken?: string | undefined;
}

/** A token decides the page size alone, whatever `pageSize` says beside it. */
export function readPageRequest({ pageSize, paginationToken: token }: PageQuery): PageRequest {
  if (token === undefined) return { offset: 0, limit: pageSize };
  const position = decodePageToken(token);
  if (position === undefined) throw badRequest('Invalid pagination token');
  return { ...position, token };
}
