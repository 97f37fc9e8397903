/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment Tile on Asset {\n    id scenarioId name kind prompt previewUrl(width: 400)\n  }\n": typeof types.TileFragmentDoc,
    "\n  query Collection($id: ID!) {\n    collection(id: $id) { ...Card }\n  }\n": typeof types.CollectionDocument,
    "\n  query Assets($id: ID!, $first: Int!, $after: String) {\n    collection(id: $id) {\n      id\n      assets(first: $first, after: $after) {\n        edges { cursor node { ...Tile } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": typeof types.AssetsDocument,
    "\n  query Models($id: ID!) {\n    collection(id: $id) {\n      id\n      models(first: 50) {\n        edges {\n          cursor\n          node { id name type isCustom thumbnail { url } exampleAssets { id previewUrl } }\n        }\n      }\n    }\n  }\n": typeof types.ModelsDocument,
    "\n  mutation Update($input: UpdateCollectionInput!) {\n    result: updateCollection(input: $input) {\n      __typename\n      ... on UpdateCollectionPayload { collection { __typename ...Card } }\n      ... on Error { code message }\n    }\n  }\n": typeof types.UpdateDocument,
    "\n  mutation Delete($input: DeleteCollectionInput!) {\n    result: deleteCollection(input: $input) {\n      __typename\n      ... on DeleteCollectionPayload { deletedCollectionId }\n      ... on Error { code message }\n    }\n  }\n": typeof types.DeleteDocument,
    "\n  mutation Remove($input: RemoveAssetsFromCollectionInput!) {\n    result: removeAssetsFromCollection(input: $input) {\n      __typename\n      ... on RemoveAssetsFromCollectionPayload { collection { __typename ...Card } }\n      ... on Error { code message }\n    }\n  }\n": typeof types.RemoveDocument,
    "\n  fragment Card on Collection {\n    id name assetCount modelCount thumbnail { assetId url }\n  }\n": typeof types.CardFragmentDoc,
    "\n  query Collections($first: Int!, $after: String, $filter: CollectionFilter, $orderBy: CollectionOrder) {\n    collections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { ...Card } }\n      pageInfo { hasNextPage endCursor }\n      totalCount\n    }\n  }\n": typeof types.CollectionsDocument,
    "\n  query Mosaic($id: ID!) {\n    collection(id: $id) {\n      id\n      assets(first: 4) {\n        edges { cursor node { id previewUrl } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": typeof types.MosaicDocument,
    "\n  mutation Create($input: CreateCollectionInput!) {\n    result: createCollection(input: $input) {\n      __typename\n      ... on CreateCollectionPayload { collection { __typename ...Card } }\n      ... on Error { code message }\n    }\n  }\n": typeof types.CreateDocument,
    "\n  query Library($first: Int!, $after: String, $filter: AssetFilter) {\n    assets(first: $first, after: $after, filter: $filter) {\n      edges { cursor node { ...Tile collectionIds } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.LibraryDocument,
    "\n  mutation Add($input: AddAssetsToCollectionInput!) {\n    result: addAssetsToCollection(input: $input) {\n      __typename\n      ... on AddAssetsToCollectionPayload {\n        collection { __typename ...Card }\n        addedIds\n        alreadyPresentIds\n      }\n      ... on PartiallyAppliedError {\n        latestCollection { ...Card }\n        appliedIds\n        unknownIds\n        notAttemptedIds\n        failures { id code message }\n      }\n      ... on Error { code message }\n    }\n  }\n": typeof types.AddDocument,
    "\n  query Viewer {\n    viewer {\n      name\n      canRead\n      canWrite\n    }\n  }\n": typeof types.ViewerDocument,
};
const documents: Documents = {
    "\n  fragment Tile on Asset {\n    id scenarioId name kind prompt previewUrl(width: 400)\n  }\n": types.TileFragmentDoc,
    "\n  query Collection($id: ID!) {\n    collection(id: $id) { ...Card }\n  }\n": types.CollectionDocument,
    "\n  query Assets($id: ID!, $first: Int!, $after: String) {\n    collection(id: $id) {\n      id\n      assets(first: $first, after: $after) {\n        edges { cursor node { ...Tile } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": types.AssetsDocument,
    "\n  query Models($id: ID!) {\n    collection(id: $id) {\n      id\n      models(first: 50) {\n        edges {\n          cursor\n          node { id name type isCustom thumbnail { url } exampleAssets { id previewUrl } }\n        }\n      }\n    }\n  }\n": types.ModelsDocument,
    "\n  mutation Update($input: UpdateCollectionInput!) {\n    result: updateCollection(input: $input) {\n      __typename\n      ... on UpdateCollectionPayload { collection { __typename ...Card } }\n      ... on Error { code message }\n    }\n  }\n": types.UpdateDocument,
    "\n  mutation Delete($input: DeleteCollectionInput!) {\n    result: deleteCollection(input: $input) {\n      __typename\n      ... on DeleteCollectionPayload { deletedCollectionId }\n      ... on Error { code message }\n    }\n  }\n": types.DeleteDocument,
    "\n  mutation Remove($input: RemoveAssetsFromCollectionInput!) {\n    result: removeAssetsFromCollection(input: $input) {\n      __typename\n      ... on RemoveAssetsFromCollectionPayload { collection { __typename ...Card } }\n      ... on Error { code message }\n    }\n  }\n": types.RemoveDocument,
    "\n  fragment Card on Collection {\n    id name assetCount modelCount thumbnail { assetId url }\n  }\n": types.CardFragmentDoc,
    "\n  query Collections($first: Int!, $after: String, $filter: CollectionFilter, $orderBy: CollectionOrder) {\n    collections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { ...Card } }\n      pageInfo { hasNextPage endCursor }\n      totalCount\n    }\n  }\n": types.CollectionsDocument,
    "\n  query Mosaic($id: ID!) {\n    collection(id: $id) {\n      id\n      assets(first: 4) {\n        edges { cursor node { id previewUrl } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": types.MosaicDocument,
    "\n  mutation Create($input: CreateCollectionInput!) {\n    result: createCollection(input: $input) {\n      __typename\n      ... on CreateCollectionPayload { collection { __typename ...Card } }\n      ... on Error { code message }\n    }\n  }\n": types.CreateDocument,
    "\n  query Library($first: Int!, $after: String, $filter: AssetFilter) {\n    assets(first: $first, after: $after, filter: $filter) {\n      edges { cursor node { ...Tile collectionIds } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.LibraryDocument,
    "\n  mutation Add($input: AddAssetsToCollectionInput!) {\n    result: addAssetsToCollection(input: $input) {\n      __typename\n      ... on AddAssetsToCollectionPayload {\n        collection { __typename ...Card }\n        addedIds\n        alreadyPresentIds\n      }\n      ... on PartiallyAppliedError {\n        latestCollection { ...Card }\n        appliedIds\n        unknownIds\n        notAttemptedIds\n        failures { id code message }\n      }\n      ... on Error { code message }\n    }\n  }\n": types.AddDocument,
    "\n  query Viewer {\n    viewer {\n      name\n      canRead\n      canWrite\n    }\n  }\n": types.ViewerDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Tile on Asset {\n    id scenarioId name kind prompt previewUrl(width: 400)\n  }\n"): (typeof documents)["\n  fragment Tile on Asset {\n    id scenarioId name kind prompt previewUrl(width: 400)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Collection($id: ID!) {\n    collection(id: $id) { ...Card }\n  }\n"): (typeof documents)["\n  query Collection($id: ID!) {\n    collection(id: $id) { ...Card }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Assets($id: ID!, $first: Int!, $after: String) {\n    collection(id: $id) {\n      id\n      assets(first: $first, after: $after) {\n        edges { cursor node { ...Tile } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Assets($id: ID!, $first: Int!, $after: String) {\n    collection(id: $id) {\n      id\n      assets(first: $first, after: $after) {\n        edges { cursor node { ...Tile } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Models($id: ID!) {\n    collection(id: $id) {\n      id\n      models(first: 50) {\n        edges {\n          cursor\n          node { id name type isCustom thumbnail { url } exampleAssets { id previewUrl } }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Models($id: ID!) {\n    collection(id: $id) {\n      id\n      models(first: 50) {\n        edges {\n          cursor\n          node { id name type isCustom thumbnail { url } exampleAssets { id previewUrl } }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Update($input: UpdateCollectionInput!) {\n    result: updateCollection(input: $input) {\n      __typename\n      ... on UpdateCollectionPayload { collection { __typename ...Card } }\n      ... on Error { code message }\n    }\n  }\n"): (typeof documents)["\n  mutation Update($input: UpdateCollectionInput!) {\n    result: updateCollection(input: $input) {\n      __typename\n      ... on UpdateCollectionPayload { collection { __typename ...Card } }\n      ... on Error { code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Delete($input: DeleteCollectionInput!) {\n    result: deleteCollection(input: $input) {\n      __typename\n      ... on DeleteCollectionPayload { deletedCollectionId }\n      ... on Error { code message }\n    }\n  }\n"): (typeof documents)["\n  mutation Delete($input: DeleteCollectionInput!) {\n    result: deleteCollection(input: $input) {\n      __typename\n      ... on DeleteCollectionPayload { deletedCollectionId }\n      ... on Error { code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Remove($input: RemoveAssetsFromCollectionInput!) {\n    result: removeAssetsFromCollection(input: $input) {\n      __typename\n      ... on RemoveAssetsFromCollectionPayload { collection { __typename ...Card } }\n      ... on Error { code message }\n    }\n  }\n"): (typeof documents)["\n  mutation Remove($input: RemoveAssetsFromCollectionInput!) {\n    result: removeAssetsFromCollection(input: $input) {\n      __typename\n      ... on RemoveAssetsFromCollectionPayload { collection { __typename ...Card } }\n      ... on Error { code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Card on Collection {\n    id name assetCount modelCount thumbnail { assetId url }\n  }\n"): (typeof documents)["\n  fragment Card on Collection {\n    id name assetCount modelCount thumbnail { assetId url }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Collections($first: Int!, $after: String, $filter: CollectionFilter, $orderBy: CollectionOrder) {\n    collections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { ...Card } }\n      pageInfo { hasNextPage endCursor }\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query Collections($first: Int!, $after: String, $filter: CollectionFilter, $orderBy: CollectionOrder) {\n    collections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { ...Card } }\n      pageInfo { hasNextPage endCursor }\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Mosaic($id: ID!) {\n    collection(id: $id) {\n      id\n      assets(first: 4) {\n        edges { cursor node { id previewUrl } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Mosaic($id: ID!) {\n    collection(id: $id) {\n      id\n      assets(first: 4) {\n        edges { cursor node { id previewUrl } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Create($input: CreateCollectionInput!) {\n    result: createCollection(input: $input) {\n      __typename\n      ... on CreateCollectionPayload { collection { __typename ...Card } }\n      ... on Error { code message }\n    }\n  }\n"): (typeof documents)["\n  mutation Create($input: CreateCollectionInput!) {\n    result: createCollection(input: $input) {\n      __typename\n      ... on CreateCollectionPayload { collection { __typename ...Card } }\n      ... on Error { code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Library($first: Int!, $after: String, $filter: AssetFilter) {\n    assets(first: $first, after: $after, filter: $filter) {\n      edges { cursor node { ...Tile collectionIds } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query Library($first: Int!, $after: String, $filter: AssetFilter) {\n    assets(first: $first, after: $after, filter: $filter) {\n      edges { cursor node { ...Tile collectionIds } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Add($input: AddAssetsToCollectionInput!) {\n    result: addAssetsToCollection(input: $input) {\n      __typename\n      ... on AddAssetsToCollectionPayload {\n        collection { __typename ...Card }\n        addedIds\n        alreadyPresentIds\n      }\n      ... on PartiallyAppliedError {\n        latestCollection { ...Card }\n        appliedIds\n        unknownIds\n        notAttemptedIds\n        failures { id code message }\n      }\n      ... on Error { code message }\n    }\n  }\n"): (typeof documents)["\n  mutation Add($input: AddAssetsToCollectionInput!) {\n    result: addAssetsToCollection(input: $input) {\n      __typename\n      ... on AddAssetsToCollectionPayload {\n        collection { __typename ...Card }\n        addedIds\n        alreadyPresentIds\n      }\n      ... on PartiallyAppliedError {\n        latestCollection { ...Card }\n        appliedIds\n        unknownIds\n        notAttemptedIds\n        failures { id code message }\n      }\n      ... on Error { code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    viewer {\n      name\n      canRead\n      canWrite\n    }\n  }\n"): (typeof documents)["\n  query Viewer {\n    viewer {\n      name\n      canRead\n      canWrite\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;