// test/clients/snippets/apollo-recipes.ts
import { type ApolloClient, gql, type ObservableQuery, type TypedDocumentNode } from '@apollo/client';

// A code generator writes these types for you.
interface Collections {
  readonly collections: {
    readonly edges: ReadonlyArray<{ readonly cursor: string; readonly node: { id: string; name: string } }>;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}
interface Created {
  readonly createCollection: { collection?: { id: string; name: string }; message?: string } | null;
}
interface Deleted {
  readonly deleteCollection: { deletedCollectionId?: string; message?: string } | null;
}

const COLLECTIONS: TypedDocumentNode<Collections, { first: number; after?: string | null }> = gql`
  query Collections($first: Int!, $after: String) {
    collections(first: $first, after: $after) {
      edges {
        cursor
        node {
          id
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;
const CREATE: TypedDocumentNode<Created> = gql`
  mutation Create($input: CreateCollectionInput!) {
    createCollection(input: $input) {
      ... on CreateCollectionPayload {
        collection {
          id
          name
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`;
const DELETE: TypedDocumentNode<Deleted> = gql`
  mutation Delete($input: DeleteCollectionInput!) {
    deleteCollection(input: $input) {
      ... on DeleteCollectionPayload {
        deletedCollectionId
      }
      ... on Error {
        code
        message
      }
    }
  }
`;

type CollectionList = ObservableQuery<Collections, { first: number; after?: string | null }>;

/** The list, shown also where a page came only in part or is a stale copy. */
export function watchCollections(client: ApolloClient, first: number): CollectionList {
  return client.watchQuery({ query: COLLECTIONS, variables: { first }, errorPolicy: 'all' });
}

/** Appends the next page. When that fails, the list stays as it is and the same call tries again. */
export async function loadMore(list: CollectionList) {
  const { data } = list.getCurrentResult();
  const after = data?.collections?.pageInfo?.endCursor ?? null;
  const { error } = await list.fetchMore({ variables: { after }, errorPolicy: 'all' });
  return error;
}

/** Creates a collection and shows it on top of the list. */
export async function createOnTop(client: ApolloClient, first: number, name: string) {
  const { data } = await client.mutate({
    mutation: CREATE,
    variables: { input: { name } },
    update: (cache, { data: answer }) => {
      const node = answer?.createCollection?.collection;
      if (!node) return;
      const edge = { __typename: 'CollectionEdge', cursor: '', node };
      cache.updateQuery({ query: COLLECTIONS, variables: { first } }, (shown) =>
        shown ? { collections: { ...shown.collections, edges: [edge, ...shown.collections.edges] } } : shown,
      );
    },
  });
  return data?.createCollection;
}

/** Deletes a collection, and with it its row in every list: `relayStylePagination` leaves out edges without a node. */
export async function deleteEverywhere(client: ApolloClient, id: string) {
  const { data } = await client.mutate({
    mutation: DELETE,
    variables: { input: { id } },
    update: (cache, { data: answer }) => {
      const deletedId = answer?.deleteCollection?.deletedCollectionId;
      if (!deletedId) return;
      cache.evict({ id: `Collection:${deletedId}` });
      cache.gc();
    },
  });
  return data?.deleteCollection;
}
