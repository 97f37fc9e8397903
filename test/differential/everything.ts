import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** One operation for each root field, which selects all that there is below it. */
export function everythingDocuments(schema: GraphQLSchema): string[] {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const;
  return roots.flatMap(([operation, type]) =>
    Object.values(type?.getFields() ?? {}).map((field) => {
      return `${operation} { ${field.name}${argumentsOf(field)}${below(schema, field)} }`;
    }),
  );
}

function below(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): string {
  const selections = typesOf(schema, getNamedType(field.type)).map((type) => {
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    // Aliases keep fields of the same name but of different types apart.
    const shown = fields.map((each) => `${type.name}_${each.name}: ${each.name}${below(schema, each)}`);
    return `... on ${type.name} { ${shown.join(' ')} }`;
  });
  return selections.length > 0 ? ` { ${selections.join(' ')} }` : '';
}

function typesOf(schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLNamedType[] {
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}

function argumentsOf({ args }: GraphQLField<unknown, unknown>): string {
  const given = args.filter(isRequiredArgument).map(({ name, type }) => `${name}: ${literal(type, name)}`);
  return given.length > 0 ? `(${given.join(', ')})` : '';
}

function literal(type: GraphQLInputType, place: string): string {
  if (isNonNullType(type)) return literal(type.ofType, place);
  if (isListType(type)) return `[${literal(type.ofType, place)}]`;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return `{ ${fields.map((field) => `${field.name}: ${literal(field.type, field.name)}`).join(', ')} }`;
  }
  if (type.name === 'Int') return '3';
  // Of a collection any id will do, of a member only the upstream's own.
  return JSON.stringify(place === 'id' || place === 'ids' ? btoa('Collection:col_1') : 'text');
}
