// test/clients/snippets/urql-recipes.ts
import { type Client, gql } from '@urql/core';

const COLLECTIONS = gql`
  query Collections($first: Int!, $after: String) {
    collections(first: $first, after: $after) {
      nodes {
        id
        name
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;
const CREATE = gql`
  mutation Create($input: CreateCollectionInput!) {
    createCollection(input: $input) {
      ... on CreateCollectionPayload {
        collection {
          id
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`;
const DELETE = gql`
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

// The document cache reads again what holds a type that a mutation answered with. An empty list holds none, and a
// deletion answers with none: name it.
const CHANGES_LISTS = { additionalTypenames: ['Collection'] };

/** One page. `data` may be there beside `error`: show both. Ask again with the same `after` to try again. */
export function readCollections(client: Client, first: number, after: string | null = null) {
  return client.query(COLLECTIONS, { first, after }, CHANGES_LISTS);
}

export function createCollection(client: Client, name: string) {
  return client.mutation(CREATE, { input: { name } }, CHANGES_LISTS);
}

export function deleteCollection(client: Client, id: string) {
  return client.mutation(DELETE, { input: { id } }, CHANGES_LISTS);
}
