import type { Collection } from '../scenario/collections/collection.ts';
import type { CollectionSlice, CollectionsSource } from '../scenario/collections/collections-source.ts';
import type { WalkedRow } from '../scenario/list-walk.ts';
import { builder } from './builder.ts';
import { CollectionType } from './collection.ts';
import { CALLS_OF_LIST } from './planned-calls.ts';

const CollectionEdge = builder.edgeObject({
  type: CollectionType,
  name: 'CollectionEdge',
  description: 'A collection at its place in the list.',
});

const CollectionConnection = builder.connectionObject(
  {
    type: CollectionType,
    name: 'CollectionConnection',
    description: 'A slice of the list of collections.',
    fields: (t) => ({
      nodes: t.field({
        type: [CollectionType],
        description: 'The collections of this slice, in order: shorter to write than edges.',
        resolve: ({ nodes }) => nodes,
      }),
    }),
  },
  CollectionEdge,
);

builder.queryField('collections', (t) =>
  t.field({
    type: CollectionConnection,
    nullable: true,
    description: 'The list of all collections, in the order of the Scenario API.',
    extensions: CALLS_OF_LIST,
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: 10,
        description: 'How many collections to give at most.',
      }),
      after: t.arg.string({ description: 'The cursor to resume behind; from the start without.' }),
    },
    resolve: (_query, { first, after }, { collections, reportPartial }, info) =>
      collections.list(first, after ?? null).then((slice) => {
        if (slice.error) reportPartial(slice.error, pathOf(info.path));
        return new Connection(slice, collections);
      }),
  }),
);

// Cursors are signed, so each is made only when it is selected.
class Edge {
  readonly #row: WalkedRow;
  readonly #source: CollectionsSource;

  constructor(row: WalkedRow, source: CollectionsSource) {
    this.#row = row;
    this.#source = source;
  }

  get node(): Collection {
    return this.#row.collection;
  }

  get cursor(): string {
    return this.#source.cursorOf(this.#row);
  }
}

class Connection {
  readonly #slice: CollectionSlice;
  readonly #source: CollectionsSource;

  constructor(slice: CollectionSlice, source: CollectionsSource) {
    this.#slice = slice;
    this.#source = source;
  }

  get edges(): Edge[] {
    return this.#slice.rows.map((row) => new Edge(row, this.#source));
  }

  get nodes(): Collection[] {
    return this.#slice.rows.map((row) => row.collection);
  }

  get pageInfo(): SlicePageInfo {
    return new SlicePageInfo(this.#slice, this.#source);
  }
}

class SlicePageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly #rows: readonly WalkedRow[];
  readonly #source: CollectionsSource;

  constructor({ rows, hasNextPage, hasPreviousPage }: CollectionSlice, source: CollectionsSource) {
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
    this.#rows = rows;
    this.#source = source;
  }

  get startCursor(): string | null {
    return this.#cursorOf(this.#rows[0]);
  }

  get endCursor(): string | null {
    return this.#cursorOf(this.#rows.at(-1));
  }

  #cursorOf(row: WalkedRow | undefined): string | null {
    return row ? this.#source.cursorOf(row) : null;
  }
}

interface FieldPath {
  readonly prev: FieldPath | undefined;
  readonly key: string | number;
}

function pathOf(path: FieldPath): Array<string | number> {
  return path.prev ? [...pathOf(path.prev), path.key] : [path.key];
}
