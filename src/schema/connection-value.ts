import type { Row } from '../scenario/page.ts';
import type { Slice } from '../scenario/slice.ts';

/** How many items a list has in all: where it is known, or where it can be asked. */
export type TotalCount = number | null | (() => number | null | Promise<number>);

/** A slice of a list, as a connection type resolves it. */
export class Connection<Item extends Row> {
  readonly #slice: Slice<Item>;
  readonly #totalCount: TotalCount;

  constructor(slice: Slice<Item>, totalCount: TotalCount) {
    this.#slice = slice;
    this.#totalCount = totalCount;
  }

  get edges(): Edge<Item>[] {
    return this.#slice.items.map((item, index) => new Edge(item, index, this.#slice));
  }

  get nodes(): readonly Item[] {
    return this.#slice.items;
  }

  get pageInfo(): SlicePageInfo<Item> {
    return new SlicePageInfo(this.#slice);
  }

  get totalCount(): number | null | Promise<number> {
    return typeof this.#totalCount === 'function' ? this.#totalCount() : this.#totalCount;
  }
}

// Cursors are sealed, so each is made only when it is selected.
export class Edge<Item extends Row> {
  readonly node: Item;
  readonly #index: number;
  readonly #slice: Slice<Item>;

  constructor(item: Item, index: number, slice: Slice<Item>) {
    this.node = item;
    this.#index = index;
    this.#slice = slice;
  }

  get cursor(): string {
    return this.#slice.cursorAt(this.#index);
  }
}

class SlicePageInfo<Item extends Row> {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly #slice: Slice<Item>;

  constructor(slice: Slice<Item>) {
    this.hasNextPage = slice.hasNextPage;
    this.hasPreviousPage = slice.hasPreviousPage;
    this.#slice = slice;
  }

  get startCursor(): string | null {
    return this.#cursorAt(0);
  }

  get endCursor(): string | null {
    return this.#cursorAt(this.#slice.items.length - 1) ?? this.#slice.resumesAt;
  }

  #cursorAt(index: number): string | null {
    return this.#slice.items.length === 0 ? null : this.#slice.cursorAt(index);
  }
}
