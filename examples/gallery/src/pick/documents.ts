import { graphql } from '../__generated__/index.ts';

export const LIBRARY = graphql(`
  query Library($first: Int!, $after: String, $filter: AssetFilter) {
    assets(first: $first, after: $after, filter: $filter) {
      edges { cursor node { ...Tile collectionIds } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const ADD = graphql(`
  mutation Add($input: AddAssetsToCollectionInput!) {
    result: addAssetsToCollection(input: $input) {
      __typename
      ... on AddAssetsToCollectionPayload {
        collection { __typename ...Card }
        addedIds
        alreadyPresentIds
      }
      ... on PartiallyAppliedError {
        latestCollection { ...Card }
        appliedIds
        unknownIds
        notAttemptedIds
        failures { id code message }
      }
      ... on Error { code message }
    }
  }
`);
