import { graphql } from '../__generated__/index.ts';

graphql(`fragment Card on Collection { id name assetCount modelCount thumbnail { assetId url } }`);
graphql(`fragment Tile on Asset { id scenarioId name kind prompt previewUrl(width: 400) }`);
graphql(`fragment Failure on Error { code message }`);

export const VIEWER = graphql(`query Viewer { viewer { canWrite } }`);

export const COLLECTIONS = graphql(`
  query Collections($first: Int!, $after: String, $filter: CollectionFilter, $orderBy: CollectionOrder) {
    collections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      edges { cursor node { ...Card } }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
`);

export const COLLECTION = graphql(`query Collection($id: ID!) { collection(id: $id) { ...Card } }`);

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
  query Models($id: ID!, $first: Int!, $after: String) {
    collection(id: $id) {
      id
      models(first: $first, after: $after) {
        edges { cursor node { id name type isCustom thumbnail { url } exampleAssets { id previewUrl } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

/** One's assets, to pick from. Without a filter it is the plain list, which costs least. */
export const LIBRARY = graphql(`
  query Library($first: Int!, $after: String, $filter: AssetFilter) {
    assets(first: $first, after: $after, filter: $filter) {
      edges { cursor node { ...Tile collectionIds } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const CREATE = graphql(`
  mutation Create($input: CreateCollectionInput!) {
    result: createCollection(input: $input) {
      ... on CreateCollectionPayload { collection { ...Card } } ...Failure
    }
  }
`);

export const UPDATE = graphql(`
  mutation Update($input: UpdateCollectionInput!) {
    result: updateCollection(input: $input) {
      ... on UpdateCollectionPayload { collection { ...Card } } ...Failure
    }
  }
`);

export const DELETE = graphql(`
  mutation Delete($input: DeleteCollectionInput!) {
    result: deleteCollection(input: $input) {
      ... on DeleteCollectionPayload { deletedCollectionId } ...Failure
    }
  }
`);

export const ADD = graphql(`
  mutation Add($input: AddAssetsToCollectionInput!) {
    result: addAssetsToCollection(input: $input) {
      ... on AddAssetsToCollectionPayload { collection { ...Card } addedIds }
      ... on PartiallyAppliedError { latestCollection { ...Card } appliedIds failures { id code message } }
      ...Failure
    }
  }
`);

export const REMOVE = graphql(`
  mutation Remove($input: RemoveAssetsFromCollectionInput!) {
    result: removeAssetsFromCollection(input: $input) {
      ... on RemoveAssetsFromCollectionPayload { collection { ...Card } } ...Failure
    }
  }
`);
