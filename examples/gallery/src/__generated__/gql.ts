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
    "fragment Card on Collection { id name assetCount modelCount thumbnail { assetId url } }": typeof types.CardFragmentDoc,
    "fragment Tile on Asset { id scenarioId name kind prompt previewUrl(width: 400) }": typeof types.TileFragmentDoc,
    "fragment Failure on Error { code message }": typeof types.FailureFragmentDoc,
    "query Viewer { viewer { canWrite } }": typeof types.ViewerDocument,
    "\n  query Collections($first: Int!, $after: String, $filter: CollectionFilter, $orderBy: CollectionOrder) {\n    collections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { ...Card } }\n      pageInfo { hasNextPage endCursor }\n      totalCount\n    }\n  }\n": typeof types.CollectionsDocument,
    "query Collection($id: ID!) { collection(id: $id) { ...Card } }": typeof types.CollectionDocument,
    "\n  query Assets($id: ID!, $first: Int!, $after: String) {\n    collection(id: $id) {\n      id\n      assets(first: $first, after: $after) {\n        edges { cursor node { ...Tile } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": typeof types.AssetsDocument,
    "\n  query Models($id: ID!, $first: Int!, $after: String) {\n    collection(id: $id) {\n      id\n      models(first: $first, after: $after) {\n        edges { cursor node { id name type isCustom thumbnail { url } exampleAssets { id previewUrl } } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": typeof types.ModelsDocument,
    "\n  query Library($first: Int!, $after: String, $filter: AssetFilter) {\n    assets(first: $first, after: $after, filter: $filter) {\n      edges { cursor node { ...Tile collectionIds } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.LibraryDocument,
    "\n  mutation Create($input: CreateCollectionInput!) {\n    result: createCollection(input: $input) {\n      ... on CreateCollectionPayload { collection { ...Card } } ...Failure\n    }\n  }\n": typeof types.CreateDocument,
    "\n  mutation Update($input: UpdateCollectionInput!) {\n    result: updateCollection(input: $input) {\n      ... on UpdateCollectionPayload { collection { ...Card } } ...Failure\n    }\n  }\n": typeof types.UpdateDocument,
    "\n  mutation Delete($input: DeleteCollectionInput!) {\n    result: deleteCollection(input: $input) {\n      ... on DeleteCollectionPayload { deletedCollectionId } ...Failure\n    }\n  }\n": typeof types.DeleteDocument,
    "\n  mutation Add($input: AddAssetsToCollectionInput!) {\n    result: addAssetsToCollection(input: $input) {\n      ... on AddAssetsToCollectionPayload { collection { ...Card } addedIds }\n      ... on PartiallyAppliedError { latestCollection { ...Card } appliedIds failures { id code message } }\n      ...Failure\n    }\n  }\n": typeof types.AddDocument,
    "\n  mutation Remove($input: RemoveAssetsFromCollectionInput!) {\n    result: removeAssetsFromCollection(input: $input) {\n      ... on RemoveAssetsFromCollectionPayload { collection { ...Card } } ...Failure\n    }\n  }\n": typeof types.RemoveDocument,
};
const documents: Documents = {
    "fragment Card on Collection { id name assetCount modelCount thumbnail { assetId url } }": types.CardFragmentDoc,
    "fragment Tile on Asset { id scenarioId name kind prompt previewUrl(width: 400) }": types.TileFragmentDoc,
    "fragment Failure on Error { code message }": types.FailureFragmentDoc,
    "query Viewer { viewer { canWrite } }": types.ViewerDocument,
    "\n  query Collections($first: Int!, $after: String, $filter: CollectionFilter, $orderBy: CollectionOrder) {\n    collections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { ...Card } }\n      pageInfo { hasNextPage endCursor }\n      totalCount\n    }\n  }\n": types.CollectionsDocument,
    "query Collection($id: ID!) { collection(id: $id) { ...Card } }": types.CollectionDocument,
    "\n  query Assets($id: ID!, $first: Int!, $after: String) {\n    collection(id: $id) {\n      id\n      assets(first: $first, after: $after) {\n        edges { cursor node { ...Tile } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": types.AssetsDocument,
    "\n  query Models($id: ID!, $first: Int!, $after: String) {\n    collection(id: $id) {\n      id\n      models(first: $first, after: $after) {\n        edges { cursor node { id name type isCustom thumbnail { url } exampleAssets { id previewUrl } } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": types.ModelsDocument,
    "\n  query Library($first: Int!, $after: String, $filter: AssetFilter) {\n    assets(first: $first, after: $after, filter: $filter) {\n      edges { cursor node { ...Tile collectionIds } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.LibraryDocument,
    "\n  mutation Create($input: CreateCollectionInput!) {\n    result: createCollection(input: $input) {\n      ... on CreateCollectionPayload { collection { ...Card } } ...Failure\n    }\n  }\n": types.CreateDocument,
    "\n  mutation Update($input: UpdateCollectionInput!) {\n    result: updateCollection(input: $input) {\n      ... on UpdateCollectionPayload { collection { ...Card } } ...Failure\n    }\n  }\n": types.UpdateDocument,
    "\n  mutation Delete($input: DeleteCollectionInput!) {\n    result: deleteCollection(input: $input) {\n      ... on DeleteCollectionPayload { deletedCollectionId } ...Failure\n    }\n  }\n": types.DeleteDocument,
    "\n  mutation Add($input: AddAssetsToCollectionInput!) {\n    result: addAssetsToCollection(input: $input) {\n      ... on AddAssetsToCollectionPayload { collection { ...Card } addedIds }\n      ... on PartiallyAppliedError { latestCollection { ...Card } appliedIds failures { id code message } }\n      ...Failure\n    }\n  }\n": types.AddDocument,
    "\n  mutation Remove($input: RemoveAssetsFromCollectionInput!) {\n    result: removeAssetsFromCollection(input: $input) {\n      ... on RemoveAssetsFromCollectionPayload { collection { ...Card } } ...Failure\n    }\n  }\n": types.RemoveDocument,
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
export function graphql(source: "fragment Card on Collection { id name assetCount modelCount thumbnail { assetId url } }"): (typeof documents)["fragment Card on Collection { id name assetCount modelCount thumbnail { assetId url } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment Tile on Asset { id scenarioId name kind prompt previewUrl(width: 400) }"): (typeof documents)["fragment Tile on Asset { id scenarioId name kind prompt previewUrl(width: 400) }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment Failure on Error { code message }"): (typeof documents)["fragment Failure on Error { code message }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Viewer { viewer { canWrite } }"): (typeof documents)["query Viewer { viewer { canWrite } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Collections($first: Int!, $after: String, $filter: CollectionFilter, $orderBy: CollectionOrder) {\n    collections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { ...Card } }\n      pageInfo { hasNextPage endCursor }\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query Collections($first: Int!, $after: String, $filter: CollectionFilter, $orderBy: CollectionOrder) {\n    collections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { ...Card } }\n      pageInfo { hasNextPage endCursor }\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Collection($id: ID!) { collection(id: $id) { ...Card } }"): (typeof documents)["query Collection($id: ID!) { collection(id: $id) { ...Card } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Assets($id: ID!, $first: Int!, $after: String) {\n    collection(id: $id) {\n      id\n      assets(first: $first, after: $after) {\n        edges { cursor node { ...Tile } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Assets($id: ID!, $first: Int!, $after: String) {\n    collection(id: $id) {\n      id\n      assets(first: $first, after: $after) {\n        edges { cursor node { ...Tile } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Models($id: ID!, $first: Int!, $after: String) {\n    collection(id: $id) {\n      id\n      models(first: $first, after: $after) {\n        edges { cursor node { id name type isCustom thumbnail { url } exampleAssets { id previewUrl } } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Models($id: ID!, $first: Int!, $after: String) {\n    collection(id: $id) {\n      id\n      models(first: $first, after: $after) {\n        edges { cursor node { id name type isCustom thumbnail { url } exampleAssets { id previewUrl } } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Library($first: Int!, $after: String, $filter: AssetFilter) {\n    assets(first: $first, after: $after, filter: $filter) {\n      edges { cursor node { ...Tile collectionIds } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query Library($first: Int!, $after: String, $filter: AssetFilter) {\n    assets(first: $first, after: $after, filter: $filter) {\n      edges { cursor node { ...Tile collectionIds } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Create($input: CreateCollectionInput!) {\n    result: createCollection(input: $input) {\n      ... on CreateCollectionPayload { collection { ...Card } } ...Failure\n    }\n  }\n"): (typeof documents)["\n  mutation Create($input: CreateCollectionInput!) {\n    result: createCollection(input: $input) {\n      ... on CreateCollectionPayload { collection { ...Card } } ...Failure\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Update($input: UpdateCollectionInput!) {\n    result: updateCollection(input: $input) {\n      ... on UpdateCollectionPayload { collection { ...Card } } ...Failure\n    }\n  }\n"): (typeof documents)["\n  mutation Update($input: UpdateCollectionInput!) {\n    result: updateCollection(input: $input) {\n      ... on UpdateCollectionPayload { collection { ...Card } } ...Failure\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Delete($input: DeleteCollectionInput!) {\n    result: deleteCollection(input: $input) {\n      ... on DeleteCollectionPayload { deletedCollectionId } ...Failure\n    }\n  }\n"): (typeof documents)["\n  mutation Delete($input: DeleteCollectionInput!) {\n    result: deleteCollection(input: $input) {\n      ... on DeleteCollectionPayload { deletedCollectionId } ...Failure\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Add($input: AddAssetsToCollectionInput!) {\n    result: addAssetsToCollection(input: $input) {\n      ... on AddAssetsToCollectionPayload { collection { ...Card } addedIds }\n      ... on PartiallyAppliedError { latestCollection { ...Card } appliedIds failures { id code message } }\n      ...Failure\n    }\n  }\n"): (typeof documents)["\n  mutation Add($input: AddAssetsToCollectionInput!) {\n    result: addAssetsToCollection(input: $input) {\n      ... on AddAssetsToCollectionPayload { collection { ...Card } addedIds }\n      ... on PartiallyAppliedError { latestCollection { ...Card } appliedIds failures { id code message } }\n      ...Failure\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Remove($input: RemoveAssetsFromCollectionInput!) {\n    result: removeAssetsFromCollection(input: $input) {\n      ... on RemoveAssetsFromCollectionPayload { collection { ...Card } } ...Failure\n    }\n  }\n"): (typeof documents)["\n  mutation Remove($input: RemoveAssetsFromCollectionInput!) {\n    result: removeAssetsFromCollection(input: $input) {\n      ... on RemoveAssetsFromCollectionPayload { collection { ...Card } } ...Failure\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;