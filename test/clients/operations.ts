import { parse } from 'graphql';
import { z } from 'zod';

/** The documents that Apollo and urql run, and the shape of what a test follows in their answers. */

export const LIST = parse(`
  query List($first: Int!, $after: String) {
    collections(first: $first, after: $after) {
      edges { cursor node { id name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const ONE = parse(`
  query One($id: ID!) {
    collection(id: $id) { id name }
  }
`);

export const RENAME = parse(`
  mutation Rename($input: UpdateCollectionInput!) {
    updateCollection(input: $input) {
      ... on UpdateCollectionPayload { collection { id name } }
      ... on InvalidInputError { issues { path } }
      ... on Error { message code }
    }
  }
`);

const list = z.object({
  collections: z.object({
    edges: z.array(z.object({ node: z.object({ id: z.string(), name: z.string() }) })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string() }),
  }),
});

/** Reads a list's answer. */
export function readList(data: unknown) {
  const { edges, pageInfo } = list.parse(data).collections;
  return { nodes: edges.map(({ node }) => node), ...pageInfo };
}
