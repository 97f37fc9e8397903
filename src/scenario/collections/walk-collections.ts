import type { WalkList } from '../../cache/index/index-kind.ts';
import { sizeInBytes } from '../../cache/size-in-bytes.ts';
import type { CallScope, Send } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { fail, type Result, succeed } from '../../shared/result.ts';
import { walkList } from '../list-walk.ts';
import type { Page } from '../page.ts';
import { MAX_PAGE_SIZE, startOfPart } from '../position.ts';
import { malformed } from '../wire-types.ts';
import type { Collection } from './collection.ts';
import { listCollections } from './collection-calls.ts';
import { collectionCodec } from './collection-codec.ts';

/** What of a list is walked at most. */
export interface WalkLimits {
  readonly maxRecords: number;
  readonly maxBytes: number;
}

// Pages may be shorter than what was asked for, but not so much that the walk would not end.
const MIN_PAGE_SIZE = MAX_PAGE_SIZE / 4;

/** How many calls a walk over so many collections takes. */
export function callsToWalk(records: number): number {
  return Math.floor(records / MAX_PAGE_SIZE) + 1;
}

/** Makes the walk over all collections, in the largest pages. It reads past whatever is cached. */
export function createCollectionsWalk(send: Send, limits: WalkLimits): WalkList<Collection> {
  return async (scope) => {
    const pages = new BoundedPages(send, limits, scope);
    const { rows, failure } = await walkList(
      { parts: 1, fetchPage: (_part, token, pageSize) => pages.fetch(token, pageSize) },
      startOfPart(0, MAX_PAGE_SIZE),
      limits.maxRecords + 1,
    );
    if (failure) return fail(failure);
    if (pages.isTooLarge) return fail({ kind: 'too-large', limit: limits.maxBytes, unit: 'bytes' });
    if (rows.length > limits.maxRecords)
      return fail({ kind: 'too-large', limit: limits.maxRecords, unit: 'records' });
    return succeed(rows.map(({ item }) => item));
  };
}

const END: Page<Collection> = { rows: [], nextToken: null };

/** The pages of one walk, which end when they hold too much. */
class BoundedPages {
  readonly #send: Send;
  readonly #limits: WalkLimits;
  readonly #scope: CallScope;
  #pages = 0;
  #bytes = 0;

  constructor(send: Send, limits: WalkLimits, scope: CallScope) {
    this.#send = send;
    this.#limits = limits;
    this.#scope = scope;
  }

  get isTooLarge(): boolean {
    return this.#bytes > this.#limits.maxBytes;
  }

  async fetch(token: string | null, pageSize: number): Promise<Result<Page<Collection>, Failure>> {
    this.#pages += 1;
    if (this.#pages > 1 + this.#limits.maxRecords / MIN_PAGE_SIZE)
      return malformed([], 'the size of the pages');
    const result = await this.#send(listCollections(token, pageSize), this.#scope);
    if (!result.ok) return result;
    const page = collectionCodec.page.decode(result.body);
    if (page.ok) this.#bytes += sizeInBytes(page.value.rows);
    return this.isTooLarge ? succeed(END) : page;
  }
}
