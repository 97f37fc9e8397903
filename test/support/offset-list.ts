import type { ReceivedRequest } from './received-request.ts';
import { json, type Reply } from './scripted-upstream.ts';
import { wireCollection } from './wire-collection.ts';

/** The ways in which the upstream says that a list ends. */
export const END_FORMS = ['absent', 'null', 'empty', 'same-token', 'empty-page'] as const;
export type EndForm = (typeof END_FORMS)[number];

/** How a list deviates from plain pages. */
export interface OffsetListManners {
  readonly end?: EndForm;
  /** Pages hold so many rows fewer than asked for, at least one. */
  readonly shortBy?: number;
  /** A page begins with so many of the last rows of the former one. */
  readonly overlap?: number;
}

export interface OffsetPage {
  readonly ids: readonly string[];
  /** `undefined` where the field is absent. */
  readonly nextToken: string | null | undefined;
}

/** The upstream's list: tokens hold an offset and a page size, so rows that come or go shift what is behind them. */
export class OffsetList {
  ids: string[];
  readonly #manners: OffsetListManners;

  constructor(ids: readonly string[], manners: OffsetListManners = {}) {
    this.ids = [...ids];
    this.#manners = manners;
  }

  /** @throws where the upstream would be called in a way that it does not stand */
  page(token: string | null, pageSize: number): OffsetPage {
    const { end: form = 'absent', shortBy = 0, overlap = 0 } = this.#manners;
    const offset = token === null ? 0 : offsetOf(token, pageSize);
    const end = offset + Math.max(1, pageSize - shortBy);
    const isBehind = offset >= this.ids.length;
    const ids = isBehind ? [] : this.ids.slice(Math.max(0, offset - overlap), end);
    const isLast = end >= this.ids.length;
    return { ids, nextToken: isLast ? endToken(form, token, end, pageSize) : tokenAt(end, pageSize) };
  }

  /** Answers as the list endpoint does. */
  readonly answer = ({ query }: ReceivedRequest): Reply => {
    const { ids, nextToken } = this.page(query.get('paginationToken'), Number(query.get('pageSize')));
    return json({ collections: ids.map((id) => wireCollection({ id })), nextPaginationToken: nextToken });
  };
}

/** `count` ids, in order. */
export function idsUpTo(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `col_${index}`);
}

function tokenAt(offset: number, pageSize: number): string {
  return btoa(`?>${offset}:${pageSize}`);
}

function offsetOf(token: string, pageSize: number): number {
  const [offset = '', limit = ''] = atob(token).slice(2).split(':');
  if (limit !== String(pageSize)) throw new Error(`the page size changed from ${limit} to ${pageSize}`);
  return Number(offset);
}

function endToken(
  form: EndForm,
  token: string | null,
  end: number,
  pageSize: number,
): string | null | undefined {
  switch (form) {
    case 'absent':
      return undefined;
    case 'null':
      return null;
    case 'empty':
      return '';
    case 'same-token':
      return token ?? tokenAt(end, pageSize);
    case 'empty-page':
      return tokenAt(end, pageSize);
    default:
      return form satisfies never;
  }
}
