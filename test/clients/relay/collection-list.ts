import {
  commitMutation,
  createOperationDescriptor,
  type Environment,
  fetchQuery,
  type GraphQLTaggedNode,
  getFragment,
  getRefetchableFragment,
  getRequest,
  getSingularSelector,
} from 'relay-runtime';
import { z } from 'zod';
import { listQuery, pageFragment, rowFragment } from './collections.ts';

const page = z.object({
  collections: z.object({
    __id: z.string(),
    // Relay keeps the edge of a deleted record, with no node.
    edges: z.array(z.object({ node: z.looseObject({ id: z.string() }).nullish() })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});
const row = z.object({ name: z.string(), itemCount: z.number() });

/** One collection as the list shows it. */
export type Row = z.infer<typeof row> & { readonly id: string };

/** A list of collections without React: what `usePaginationFragment` and `useMutation` do. */
export interface CollectionList {
  /** Id of the connection, for `@appendNode` and its kin. */
  readonly connectionId: string;
  rows(): Row[];
  hasNext(): boolean;
  loadNext(count: number): Promise<void>;
  /** Refetches one row through `node`. */
  refetchRow(id: string): Promise<void>;
  /** @returns the data of the mutation's own selection */
  mutate(mutation: GraphQLTaggedNode, variables: Record<string, unknown>): Promise<unknown>;
}

/** Fetches the first rows and keeps them. */
export async function openCollectionList(environment: Environment, first: number): Promise<CollectionList> {
  const operation = createOperationDescriptor(getRequest(listQuery()), { first });
  environment.retain(operation);
  await fetchQuery(environment, listQuery(), { first }).toPromise();

  const read = () => {
    const root = environment.lookup(operation.fragment).data;
    const { data } = environment.lookup(getSingularSelector(getFragment(pageFragment()), root));
    return page.parse(data).collections;
  };
  const readRow = (node: { readonly id: string }): Row => {
    const { data } = environment.lookup(getSingularSelector(getFragment(rowFragment()), node));
    return { id: node.id, ...row.parse(data) };
  };
  return {
    connectionId: read().__id,
    rows: () => read().edges.flatMap(({ node }) => (node ? [readRow(node)] : [])),
    hasNext: () => read().pageInfo.hasNextPage,
    loadNext: async (count) => {
      const variables = { first: count, after: read().pageInfo.endCursor };
      await fetchQuery(environment, refetchOf(pageFragment()), variables).toPromise();
    },
    refetchRow: async (id) => {
      await fetchQuery(environment, refetchOf(rowFragment()), { id }).toPromise();
    },
    mutate: (mutation, variables) =>
      new Promise((resolve, reject) => {
        commitMutation(environment, { mutation, variables, onCompleted: resolve, onError: reject });
      }),
  };
}

function refetchOf(fragment: GraphQLTaggedNode): GraphQLTaggedNode {
  const operation = getRefetchableFragment(fragment)?.metadata.refetch.operation;
  if (operation === undefined || typeof operation === 'string')
    throw new Error('The fragment is not refetchable.');
  return operation;
}
