import {
  doTypesOverlap,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
} from 'graphql';

/** The types on which a fragment may be spread into a selection of this one. */
export function conditionsOn(schema: GraphQLSchema, parent: GraphQLCompositeType): GraphQLCompositeType[] {
  return Object.values(schema.getTypeMap())
    .filter(isCompositeType)
    .filter((type) => !type.name.startsWith('__') && doTypesOverlap(schema, type, parent));
}

/** Those of the types that a fragment on this one is for. */
export function narrowed(
  schema: GraphQLSchema,
  possible: readonly GraphQLObjectType[],
  on: GraphQLCompositeType,
): GraphQLObjectType[] {
  const allowed = possibleTypes(schema, on);
  return possible.filter((type) => allowed.includes(type));
}

export function possibleTypes(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
): readonly GraphQLObjectType[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
}
