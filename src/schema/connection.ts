import { type GraphQLResolveInfo, responsePathAsArray } from 'graphql';
import type { Row } from '../scenario/page.ts';
import type { Slice, SliceArguments } from '../scenario/slice.ts';
import { builder, type TypeOf } from './builder.ts';
import { Connection, type Edge, type TotalCount } from './connection-value.ts';
import type { GraphQLContext } from './context.ts';
import type { Arguments, UpstreamExtension } from './planned-calls.ts';

/** How the types of a connection are called. */
export interface ConnectionWords {
  /** Name of the items' type; the connection's types are named after it. */
  readonly type: string;
  /** `collection` */
  readonly item: string;
  /** `collections` */
  readonly items: string;
  /** What the connection is a slice of: `the list of collections`. */
  readonly list: string;
  /** Describes the total, where there is one, and what it costs where it does not come with the list. */
  readonly totalCount?: {
    readonly description: string;
    readonly extensions?: { upstream: UpstreamExtension };
  };
}

/** Defines the connection of a type, with its edges and a shorter way to its nodes. */
export function defineConnection(
  itemType: TypeOf<Row>,
  { type, item, items, list, totalCount }: ConnectionWords,
) {
  const EdgeType = builder.objectRef<Edge<Row>>(`${type}Edge`).implement({
    description: `A${/^[aeiou]/.test(item) ? 'n' : ''} ${item} at its place in the list.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', { description: 'Pass it as `after` to get what follows this edge.' }),
      node: t.field({
        type: itemType,
        description: 'The item at the end of the edge.',
        resolve: ({ node }) => node,
      }),
    }),
  });
  return builder.objectRef<Connection<Row>>(`${type}Connection`).implement({
    description: `A slice of ${list}.`,
    fields: (t) => ({
      edges: t.field({
        type: [EdgeType],
        description: 'The edges of this slice, in order.',
        resolve: ({ edges }) => edges,
      }),
      nodes: t.field({
        type: [itemType],
        description: `The ${items} of this slice, in order: a shortcut for \`edges { node }\`.`,
        resolve: ({ nodes }) => nodes,
      }),
      pageInfo: t.field({
        type: builder.pageInfoRef(),
        description: 'Whether more of the list follows, and the cursors to get it.',
        resolve: ({ pageInfo }) => pageInfo,
      }),
      ...(totalCount !== undefined && {
        totalCount: t.int({ ...totalCount, nullable: true, resolve: (connection) => connection.totalCount }),
      }),
    }),
  });
}

const AFTER = 'The cursor to resume after; without one, from the start.';

/** The arguments of a list. @param defaultFirst how many `items` to give where nobody says */
export function sliceArguments(items: string, defaultFirst: number, after: string = AFTER) {
  return builder.args((t) => ({
    first: t.int({
      required: true,
      defaultValue: defaultFirst,
      description: `The largest number of ${items} to return.`,
    }),
    after: t.string({ description: after }),
  }));
}

/** Describes `after` where a list has arguments beside it. */
export const AFTER_OF_CHOICE =
  'The cursor to resume after, with the same filter and order that it came from; without one, from the start.';

/** The part of a list that arguments ask for, which nobody has checked; none where they are no such arguments. */
export function sliceOf({ first, after }: Arguments): SliceArguments {
  return {
    first: typeof first === 'number' ? first : 0,
    after: typeof after === 'string' ? after : null,
  };
}

/**
 * Makes a connection of a slice; what it lacks is told in `errors` beside it.
 * @param totalCount how many items the list has in all, where that can be known
 */
export function toConnection<Item extends Row>(
  slice: Slice<Item>,
  context: GraphQLContext,
  { path }: GraphQLResolveInfo,
  totalCount: TotalCount = null,
): Connection<Item> {
  if (slice.error) context.reportPartial(slice.error, responsePathAsArray(path));
  return new Connection(slice, totalCount);
}
