import { graphql } from '../__generated__/index.ts';

graphql(`
  fragment Card on Collection {
    id name assetCount modelCount thumbnail { assetId url }
  }
`);

export const COLLECTIONS = graphql(`
  query Collections($first: Int!, $after: String, $filter: CollectionFilter, $orderBy: CollectionOrder) {
    collections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      edges { cursor node { ...Card } }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
`);

export const MOSAIC = graphql(`
  query Mosaic($id: ID!) {
    collection(id: $id) {
      id
      assets(first: 4) {
        edges { cursor node { id previewUrl } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const CREATE = graphql(`
  mutation Create($input: CreateCollectionInput!) {
    result: createCollection(input: $input) {
      __typename
      ... on CreateCollectionPayload { collection { __typename ...Card } }
      ... on Error { code message }
    }
  }
`);
