import type { CollectionSlice, CollectionsSource } from '../scenario/collections-source.ts';
import type { WalkedRow } from '../scenario/list-walk.ts';
import type { Collection } from '../scenario/model.ts';
import { builder } from './builder.ts';
import { CollectionType } from './collection.ts';
import { CALLS_OF_LIST } from './planned-calls.ts';

const CollectionEdge = builder.edgeObject({
  type: CollectionType,
  name: 'CollectionEdge',
  description: 'A collection at its place in the list.',
});

const CollectionConnection = builder.connectionObject(
  { type: CollectionType, name: 'CollectionConnection', description: 'A slice of the list of collections.' },
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
    resolve: async (_query, { first, after }, { collections, reportPartial }, info) => {
      const slice = await collections.list(first, after ?? null);
      if (slice.error) reportPartial(slice.error, pathOf(info.path));
      return toConnection(slice, collections);
    },
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

function toConnection({ rows, hasNextPage, hasPreviousPage }: CollectionSlice, source: CollectionsSource) {
  const edges = rows.map((row) => new Edge(row, source));
  return {
    edges,
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      get startCursor() {
        return edges[0]?.cursor ?? null;
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null;
      },
    },
  };
}

interface FieldPath {
  readonly prev: FieldPath | undefined;
  readonly key: string | number;
}

function pathOf(path: FieldPath): Array<string | number> {
  return path.prev ? [...pathOf(path.prev), path.key] : [path.key];
}
