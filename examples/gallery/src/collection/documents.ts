import { graphql } from '../__generated__/index.ts';

graphql(`
  fragment Tile on Asset {
    id scenarioId name kind prompt previewUrl(width: 400)
  }
`);

export const COLLECTION = graphql(`
  query Collection($id: ID!) {
    collection(id: $id) { ...Card }
  }
`);

export const ASSETS = graphql(`
  query Assets($id: ID!, $first: Int!, $after: String) {
    collection(id: $id) {
      id
      assets(first: $first, after: $after) {
        edges { cursor node { ...Tile } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const MODELS = graphql(`
  query Models($id: ID!) {
    collection(id: $id) {
      id
      models(first: 50) {
        edges {
          cursor
          node { id name type isCustom thumbnail { url } exampleAssets { id previewUrl } }
        }
      }
    }
  }
`);

export const UPDATE = graphql(`
  mutation Update($input: UpdateCollectionInput!) {
    result: updateCollection(input: $input) {
      __typename
      ... on UpdateCollectionPayload { collection { __typename ...Card } }
      ... on Error { code message }
    }
  }
`);

export const DELETE = graphql(`
  mutation Delete($input: DeleteCollectionInput!) {
    result: deleteCollection(input: $input) {
      __typename
      ... on DeleteCollectionPayload { deletedCollectionId }
      ... on Error { code message }
    }
  }
`);

export const REMOVE = graphql(`
  mutation Remove($input: RemoveAssetsFromCollectionInput!) {
    result: removeAssetsFromCollection(input: $input) {
      __typename
      ... on RemoveAssetsFromCollectionPayload { collection { __typename ...Card } }
      ... on Error { code message }
    }
  }
`);
