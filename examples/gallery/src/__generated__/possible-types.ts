
      export interface PossibleTypesResultData {
        possibleTypes: {
          [key: string]: string[]
        }
      }
      const result: PossibleTypesResultData = {
  "possibleTypes": {
    "AddAssetsToCollectionResult": [
      "AddAssetsToCollectionPayload",
      "ConflictError",
      "InvalidInputError",
      "NotFoundError",
      "PartiallyAppliedError"
    ],
    "AddModelsToCollectionResult": [
      "AddModelsToCollectionPayload",
      "ConflictError",
      "InvalidInputError",
      "NotFoundError",
      "PartiallyAppliedError"
    ],
    "CreateCollectionResult": [
      "ConflictError",
      "CreateCollectionPayload",
      "InvalidInputError"
    ],
    "DeleteCollectionResult": [
      "ConflictError",
      "DeleteCollectionPayload",
      "InvalidInputError",
      "NotFoundError"
    ],
    "Error": [
      "ConflictError",
      "InvalidInputError",
      "NotFoundError",
      "PartiallyAppliedError"
    ],
    "Node": [
      "Asset",
      "Collection",
      "Model"
    ],
    "RemoveAssetsFromCollectionResult": [
      "ConflictError",
      "InvalidInputError",
      "NotFoundError",
      "PartiallyAppliedError",
      "RemoveAssetsFromCollectionPayload"
    ],
    "RemoveModelsFromCollectionResult": [
      "ConflictError",
      "InvalidInputError",
      "NotFoundError",
      "PartiallyAppliedError",
      "RemoveModelsFromCollectionPayload"
    ],
    "UpdateCollectionResult": [
      "ConflictError",
      "InvalidInputError",
      "NotFoundError",
      "UpdateCollectionPayload"
    ]
  }
};
      export default result;
    