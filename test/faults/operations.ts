import { dig } from '../support/dig.ts';
import type { GraphQLAnswer } from '../support/gateway.ts';

/** The kinds of calls that the upstream knows, each as the operation that makes one of them. */
export const OPERATIONS = {
  read: { field: 'collection', document: '{ collection(id: "col_1") { name } }' },
  rename: {
    field: 'updateCollection',
    document: `mutation { updateCollection(input: { id: "col_1", name: "renamed" }) {
      ... on UpdateCollectionPayload { collection { name } } ... on Error { code message } } }`,
  },
  delete: {
    field: 'deleteCollection',
    document: `mutation { deleteCollection(input: { id: "col_1" }) {
      ... on DeleteCollectionPayload { deletedCollectionId } ... on Error { code message } } }`,
  },
  add: {
    field: 'addAssetsToCollection',
    document: `mutation { addAssetsToCollection(input: { id: "col_1", assetIds: ["asset_a"] }) {
      ... on AddAssetsToCollectionPayload { assetIds } ... on Error { code message }
      ... on PartiallyAppliedError { appliedIds failedIds unknownIds notAttemptedIds } } }`,
  },
  create: {
    field: 'createCollection',
    document: `mutation { createCollection(input: { name: "made" }) {
      ... on CreateCollectionPayload { collection { scenarioId } } ... on Error { code message } } }`,
  },
} as const;

export type OperationName = keyof typeof OPERATIONS;

/** What the gateway told of an operation: `ok`, `null`, or the code of what went wrong. */
export function outcomeOf(operation: OperationName, { body }: GraphQLAnswer): string {
  const code = body.errors?.[0]?.extensions['code'] ?? dig(body.data, OPERATIONS[operation].field, 'code');
  if (typeof code === 'string') return code;
  return dig(body.data, OPERATIONS[operation].field) === null ? 'null' : 'ok';
}
