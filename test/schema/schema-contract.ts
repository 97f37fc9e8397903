const error = { code: 'ErrorCode!', message: 'String!', is: 'implements Error' };
const refusals = ['ConflictError', 'InvalidInputError', 'NotFoundError'];

const membership = (edit: 'Add' | 'Remove', link: 'To' | 'From', kind: 'Assets' | 'Models') => {
  const name = `${edit}${kind}${link}Collection`;
  const key = kind === 'Assets' ? 'assetIds' : 'modelIds';
  return {
    [`${name}Input`]: { id: 'ID!', [key]: '[ID!]!' },
    [`${name}Payload`]: { collection: 'Collection!', [key]: '[ID!]!' },
    [`${name}Result`]: [...refusals, 'PartiallyAppliedError', `${name}Payload`].sort(),
  };
};

/** The schema that clients rely on: each type with its fields, members or values. */
export const contract: Readonly<Record<string, unknown>> = {
  Node: { id: 'ID!' },
  Query: {
    node: '(id: ID!): Node',
    nodes: '(ids: [ID!]!): [Node]!',
    collection: '(id: ID!): Collection',
    collections: '(after: String, first: Int! = 10): CollectionConnection',
  },
  Collection: {
    is: 'implements Node',
    id: 'ID!',
    scenarioId: 'ID!',
    name: 'String!',
    ownerId: 'ID!',
    assetCount: 'Int!',
    modelCount: 'Int!',
    itemCount: 'Int!',
    thumbnail: 'Thumbnail',
    createdAt: 'DateTime!',
    updatedAt: 'DateTime!',
  },
  Thumbnail: { assetId: 'ID!', url: 'URL!' },
  DateTime: 'scalar',
  URL: 'scalar',
  CollectionConnection: { edges: '[CollectionEdge!]!', nodes: '[Collection!]!', pageInfo: 'PageInfo!' },
  CollectionEdge: { cursor: 'String!', node: 'Collection!' },
  PageInfo: {
    hasNextPage: 'Boolean!',
    hasPreviousPage: 'Boolean!',
    startCursor: 'String',
    endCursor: 'String',
  },
  Mutation: {
    createCollection: '(input: CreateCollectionInput!): CreateCollectionResult',
    updateCollection: '(input: UpdateCollectionInput!): UpdateCollectionResult',
    deleteCollection: '(input: DeleteCollectionInput!): DeleteCollectionResult',
    addAssetsToCollection: '(input: AddAssetsToCollectionInput!): AddAssetsToCollectionResult',
    removeAssetsFromCollection: '(input: RemoveAssetsFromCollectionInput!): RemoveAssetsFromCollectionResult',
    addModelsToCollection: '(input: AddModelsToCollectionInput!): AddModelsToCollectionResult',
    removeModelsFromCollection: '(input: RemoveModelsFromCollectionInput!): RemoveModelsFromCollectionResult',
  },
  CreateCollectionInput: { name: 'String!', idempotencyKey: 'String' },
  UpdateCollectionInput: { id: 'ID!', name: 'String', thumbnailAssetId: 'ID' },
  DeleteCollectionInput: { id: 'ID!' },
  CreateCollectionPayload: { collection: 'Collection!' },
  UpdateCollectionPayload: { collection: 'Collection!' },
  DeleteCollectionPayload: { deletedCollectionId: 'ID!' },
  CreateCollectionResult: ['ConflictError', 'CreateCollectionPayload', 'InvalidInputError'],
  UpdateCollectionResult: [...refusals, 'UpdateCollectionPayload'],
  DeleteCollectionResult: ['ConflictError', 'DeleteCollectionPayload', 'InvalidInputError', 'NotFoundError'],
  ...membership('Add', 'To', 'Assets'),
  ...membership('Remove', 'From', 'Assets'),
  ...membership('Add', 'To', 'Models'),
  ...membership('Remove', 'From', 'Models'),
  Error: { code: 'ErrorCode!', message: 'String!' },
  InvalidInputError: { ...error, issues: '[InputIssue!]!' },
  InputIssue: { path: '[String!]!', message: 'String!' },
  NotFoundError: { ...error, id: 'ID!' },
  ConflictError: error,
  PartiallyAppliedError: {
    ...error,
    collection: 'Collection',
    appliedIds: '[ID!]!',
    failedIds: '[ID!]!',
    unknownIds: '[ID!]!',
    notAttemptedIds: '[ID!]!',
  },
  ErrorCode: [
    'BAD_USER_INPUT',
    'CONFLICT',
    'FORBIDDEN',
    'LIMIT_EXCEEDED',
    'NOT_FOUND',
    'OVERLOADED',
    'QUOTA_EXCEEDED',
    'RATE_LIMITED',
    'UPSTREAM_BAD_RESPONSE',
    'UPSTREAM_REJECTED',
    'UPSTREAM_TIMEOUT',
    'UPSTREAM_UNAVAILABLE',
    'WRITE_OUTCOME_UNKNOWN',
  ],
};
