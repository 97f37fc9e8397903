import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

const MAX_DEPTH = 4;
// Of letters alone, so that it may be any id.
const GLOBAL_ID = btoa('Collection:col_123');

/** One operation for each root field, which selects all that there is below it. */
export function everythingDocuments(schema: GraphQLSchema): string[] {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const;
  return roots.flatMap(([operation, type]) =>
    Object.values(type?.getFields() ?? {}).map((field) => {
      return `${operation} { ${field.name}${argumentsOf(field)}${below(schema, field, 0)} }`;
    }),
  );
}

function below(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>, depth: number): string {
  const selections = typesOf(schema, getNamedType(field.type)).map((type) => {
    const all = isObjectType(type) ? Object.values(type.getFields()) : [];
    // Types lead to one another.
    const fields = depth < MAX_DEPTH ? all : all.filter((each) => isLeafType(getNamedType(each.type)));
    // Aliases keep fields of the same name but of different types apart.
    const shown = fields.map(
      (each) =>
        `${type.name}_${each.name}: ${each.name}${argumentsOf(each)}${below(schema, each, depth + 1)}`,
    );
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
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  // Of a collection any id will do, of a member only the upstream's own.
  return JSON.stringify(place === 'id' || place === 'ids' ? GLOBAL_ID : 'text');
}
