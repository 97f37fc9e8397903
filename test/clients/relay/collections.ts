import { graphql } from './artifacts.ts';

// What a front end would spread over its components. relay-compiler wants each name to begin with the file's.

export const listQuery = graphql`
  query collectionsListQuery($first: Int!) {
    ...collections_page @arguments(first: $first)
  }
`;

export const pageFragment = graphql`
  fragment collections_page on Query
  @argumentDefinitions(first: { type: "Int", defaultValue: 10 }, after: { type: "String" })
  @refetchable(queryName: "collectionsPageQuery") {
    collections(first: $first, after: $after) @connection(key: "collections_page_collections") {
      __id
      edges {
        node {
          id
          ...collections_row
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const rowFragment = graphql`
  fragment collections_row on Collection @refetchable(queryName: "collectionsRowQuery") {
    name
    itemCount
    thumbnail {
      url
    }
  }
`;

export const appendMutation = graphql`
  mutation collectionsAppendMutation($input: CreateCollectionInput!, $connections: [ID!]!) {
    createCollection(input: $input) {
      ... on CreateCollectionPayload {
        collection @appendNode(connections: $connections, edgeTypeName: "CollectionEdge") {
          id
          ...collections_row
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`;

export const prependMutation = graphql`
  mutation collectionsPrependMutation($input: CreateCollectionInput!, $connections: [ID!]!) {
    createCollection(input: $input) {
      ... on CreateCollectionPayload {
        collection @prependNode(connections: $connections, edgeTypeName: "CollectionEdge") {
          id
          ...collections_row
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`;

export const deleteRecordMutation = graphql`
  mutation collectionsDeleteRecordMutation($input: DeleteCollectionInput!) {
    deleteCollection(input: $input) {
      __typename
      ... on DeleteCollectionPayload {
        deletedCollectionId @deleteRecord
      }
      ... on Error {
        message
        code
      }
    }
  }
`;

export const deleteEdgeMutation = graphql`
  mutation collectionsDeleteEdgeMutation($input: DeleteCollectionInput!, $connections: [ID!]!) {
    deleteCollection(input: $input) {
      ... on DeleteCollectionPayload {
        deletedCollectionId @deleteEdge(connections: $connections)
      }
      ... on Error {
        message
        code
      }
    }
  }
`;

export const renameMutation = graphql`
  mutation collectionsRenameMutation($input: UpdateCollectionInput!) {
    updateCollection(input: $input) {
      __typename
      ... on UpdateCollectionPayload {
        collection {
          id
          name
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`;

export const updatableQuery = graphql`
  query collectionsUpdatableQuery($id: ID!) @updatable {
    node(id: $id) {
      ... on Collection {
        __typename
        name
      }
    }
  }
`;
