// test/clients/snippets/relay-recipes.ts
import { commitMutation, type Environment, type GraphQLTaggedNode, graphql } from 'relay-runtime';

// Of the collection it selects what a row of the list shows, in place of which you spread the fragment of your row.
const create = graphql`
  mutation relayRecipesCreateMutation($input: CreateCollectionInput!, $connections: [ID!]!) {
    createCollection(input: $input) {
      __typename
      ... on CreateCollectionPayload {
        collection @prependNode(connections: $connections, edgeTypeName: "CollectionEdge") {
          id
          name
          itemCount
        }
      }
      ... on InvalidInputError {
        message
        issues {
          path
          message
        }
      }
      ... on ConflictError {
        message
      }
    }
  }
`;
const remove = graphql`
  mutation relayRecipesDeleteMutation($input: DeleteCollectionInput!, $connections: [ID!]!) {
    deleteCollection(input: $input) {
      __typename
      ... on DeleteCollectionPayload {
        deletedCollectionId @deleteEdge(connections: $connections)
      }
      ... on InvalidInputError {
        message
      }
      ... on NotFoundError {
        message
      }
      ... on ConflictError {
        message
      }
    }
  }
`;

/** Creates a collection and shows it on top of a list. @param listId the connection's `__id` */
export function createOnTop(environment: Environment, listId: string, name: string): Promise<unknown> {
  return commit(environment, create, { input: { name }, connections: [listId] });
}

/** Deletes a collection, and its row of the list. */
export function deleteFromList(environment: Environment, listId: string, id: string): Promise<unknown> {
  return commit(environment, remove, { input: { id }, connections: [listId] });
}

function commit(environment: Environment, mutation: GraphQLTaggedNode, variables: Record<string, unknown>) {
  return new Promise((onCompleted, onError) => {
    commitMutation(environment, { mutation, variables, onCompleted, onError });
  });
}
