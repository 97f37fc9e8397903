import { type Failure, wasSent } from '../http/failure.ts';
import type { Result } from '../shared/result.ts';
import type { CursorCodecs } from './cursor.ts';
import type { ItemLoader } from './item-loader.ts';
import { type ExplainFailure, readSlice } from './list-slice.ts';
import type { WalkedList } from './list-walk.ts';
import type { Page, Row } from './page.ts';
import { ReadOnce } from './read-once.ts';
import { type Slice, type SliceArguments } from './slice.ts';
import type { Subject } from './subject.ts';

/** What all lists have in common. */
export interface ListOptions {
  readonly cursors: CursorCodecs;
  /** Largest `first` of a list. */
  readonly maxPageWalk: number;
  /** Smallest page that a list begins with: the largest there is where pages are kept, so that many slices are cut from one. */
  readonly minPageSize: number;
}

/** A list, with what its cursors are bound to: no two lists of the same credentials have the same. */
export interface NamedList<Item extends Row> extends WalkedList<Item> {
  readonly cursorScope: string;
  /** The object that the list belongs to; `null` for a list of its own. */
  readonly subject: Subject | null;
  /** Names failures where those of this list mean more than those of others. */
  readonly explain?: ExplainFailure;
}

/** The lists of one resource as one request sees them: each page is read once. */
export class ListSource<Item extends Row> {
  readonly #options: ListOptions;
  readonly #items: ItemLoader<Item> | null;
  readonly #pages = new ReadOnce<Result<Page<Item>, Failure>>();
  // Slices that were started before they were asked for; most requests have none.
  #ahead: Map<string, Promise<Slice<Item>>> | null = null;

  /** @param items takes over what lists show; `null` where nothing is read by its id */
  constructor(options: ListOptions, items: ItemLoader<Item> | null) {
    this.#options = options;
    this.#items = items;
  }

  /** @throws GatewayError for a bad argument, or when not even the first page could be read */
  read(list: NamedList<Item>, wanted: SliceArguments): Promise<Slice<Item>> {
    return this.#ahead?.get(keyOf(list, wanted)) ?? this.#read(list, wanted);
  }

  /** Starts a read for whoever asks for it later. What could not even be sent is read again then. */
  readAhead(list: NamedList<Item>, wanted: SliceArguments): void {
    const fetchPage: typeof list.fetchPage = (part, token, pageSize) =>
      list.fetchPage(part, token, pageSize).then((page) => {
        if (!page.ok && !wasSent(page.failure)) this.forget();
        return page;
      });
    const slice = this.read({ ...list, fetchPage }, wanted);
    // Nobody may ever ask.
    slice.catch(() => {});
    this.#ahead ??= new Map();
    this.#ahead.set(keyOf(list, wanted), slice);
  }

  #read(
    { cursorScope, subject, explain, ...list }: NamedList<Item>,
    wanted: SliceArguments,
  ): Promise<Slice<Item>> {
    const { cursors, maxPageWalk, minPageSize } = this.#options;
    const fetchPage: typeof list.fetchPage = (part, token, pageSize) =>
      this.#pages.read(`${cursorScope} ${part} ${pageSize} ${token}`, () =>
        list.fetchPage(part, token, pageSize),
      );
    return readSlice({ ...list, fetchPage }, cursors(cursorScope), {
      ...wanted,
      maxPageWalk,
      minPageSize,
      subject,
      explain: explain ?? null,
    }).then((slice) => {
      this.#items?.seePagesOf(slice.rows);
      return slice;
    });
  }

  /** Called when a write has changed what would be read. */
  forget(): void {
    this.#pages.clear();
    this.#ahead = null;
  }
}

function keyOf({ cursorScope }: { readonly cursorScope: string }, { first, after }: SliceArguments): string {
  return `${cursorScope} ${first} ${after}`;
}
