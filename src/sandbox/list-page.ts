import type { Faults } from './faults.ts';
import { encodePageToken, type PagePosition } from './page-token.ts';

export interface PageRequest extends PagePosition {
  /** The token that asked for this page, if any. */
  token?: string | undefined;
}

export interface PagePlan {
  from: number;
  take: number;
  /** `undefined` leaves the field out of the answer. */
  nextToken: string | null | undefined;
}

/** Decides which rows a page holds and how it points to the next one, faults included. */
export function planPage(request: PageRequest, total: number, list: Faults['list']): PagePlan {
  const { offset, limit } = request;
  const take = Math.max(1, limit - list.shortBy);
  // A page of one row that repeats the former page's last row would never move on.
  const repeats = list.repeatRows && offset > 0 && offset < total && take > 1;
  const from = repeats ? offset - 1 : offset;
  const end = from + take;
  const nextToken =
    end < total ? encodePageToken({ offset: end, limit }) : tokenAtEnd(request, end, list.endOfList);
  return { from, take, nextToken };
}

function tokenAtEnd(
  { limit, token }: PageRequest,
  end: number,
  form: Faults['list']['endOfList'],
): string | null | undefined {
  switch (form) {
    case 'absent':
      return undefined;
    case 'null':
      return null;
    case 'empty':
      return '';
    case 'same-token':
      return token ?? encodePageToken({ offset: end, limit });
    case 'empty-page':
      return encodePageToken({ offset: end, limit });
    default:
      return form satisfies never;
  }
}
