import type { Slice } from '../scenario/list-slice.ts';
import type { WalkedRow } from '../scenario/list-walk.ts';
import type { Row } from '../scenario/page.ts';

/** A slice of a list, as a connection type resolves it. */
export class Connection<Item extends Row> {
  readonly #slice: Slice<Item>;

  readonly totalCount: number | null;

  constructor(slice: Slice<Item>, totalCount: number | null) {
    this.#slice = slice;
    this.totalCount = totalCount;
  }

  get edges(): Edge<Item>[] {
    return this.#slice.rows.map((row) => new Edge(row, this.#slice));
  }

  get nodes(): Item[] {
    return this.#slice.rows.map(({ item }) => item);
  }

  get pageInfo(): SlicePageInfo<Item> {
    return new SlicePageInfo(this.#slice);
  }
}

// Cursors are signed, so each is made only when it is selected.
export class Edge<Item extends Row> {
  readonly #row: WalkedRow<Item>;
  readonly #slice: Slice<Item>;

  constructor(row: WalkedRow<Item>, slice: Slice<Item>) {
    this.#row = row;
    this.#slice = slice;
  }

  get node(): Item {
    return this.#row.item;
  }

  get cursor(): string {
    return this.#slice.cursorOf(this.#row);
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
    return this.#cursorOf(this.#slice.rows[0]);
  }

  get endCursor(): string | null {
    return this.#cursorOf(this.#slice.rows.at(-1)) ?? this.#slice.resumesAt;
  }

  #cursorOf(row: WalkedRow<Item> | undefined): string | null {
    return row ? this.#slice.cursorOf(row) : null;
  }
}
