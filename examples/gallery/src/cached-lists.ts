import { type ApolloCache, isReference, type Reference } from '@apollo/client';

interface CachedConnection {
  readonly edges: readonly { readonly node: Reference }[];
  readonly totalCount?: number | null;
}

interface CachedList {
  /** Of the object that has the list; the root without. */
  readonly ownerId?: string;
  readonly field: string;
}

/** Puts a node in front of a list in all its orders and filters: where one looks for what one has just made. */
export function prependNode(cache: ApolloCache, list: CachedList, typename: string, id: string): void {
  modifyList(cache, list, (connection, readId) => {
    if (connection.edges.some(({ node }) => readId(node) === id)) return connection;
    const node = { __ref: `${typename}:${id}` };
    const edge = { __typename: `${typename}Edge`, cursor: '', node };
    return { ...connection, edges: [edge, ...connection.edges], ...counted(connection, 1) };
  });
}

/** Takes a node out of a list in all its orders and filters. */
export function removeNode(cache: ApolloCache, list: CachedList, id: string): void {
  modifyList(cache, list, (connection, readId) => {
    const edges = connection.edges.filter(({ node }) => readId(node) !== id);
    return edges.length === connection.edges.length
      ? connection
      : { ...connection, edges, ...counted(connection, -1) };
  });
}

function modifyList(
  cache: ApolloCache,
  { ownerId, field }: CachedList,
  change: (connection: CachedConnection, readId: (node: Reference) => unknown) => CachedConnection,
): void {
  cache.modify<Record<string, CachedConnection | null>>({
    ...(ownerId === undefined ? {} : { id: `Collection:${ownerId}` }),
    fields: {
      [field]: (connection, { readField }) =>
        connection === null || isReference(connection)
          ? connection
          : change(connection, (node) => readField('id', node)),
    },
  });
}

function counted({ totalCount }: CachedConnection, by: number): Pick<CachedConnection, 'totalCount'> {
  return typeof totalCount === 'number' ? { totalCount: totalCount + by } : {};
}
