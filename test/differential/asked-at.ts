import { AsyncLocalStorage } from 'node:async_hooks';
import { defaultFieldResolver, type GraphQLSchema, isObjectType, responsePathAsArray } from 'graphql';

const places = new AsyncLocalStorage<string>();

/** Has each field that makes wait tell its place in the answer to what it asks. @param schema is changed */
export function tellPlaces(schema: GraphQLSchema): GraphQLSchema {
  const roots = new Set<unknown>([schema.getQueryType(), schema.getMutationType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!roots.has(type) && !field.extensions.upstream?.waits) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context, info) =>
        places.run(responsePathAsArray(info.path).join('.'), () => resolve(source, args, context, info));
    }
  }
  return schema;
}

/** The place in the answer of the field that asks; empty where no field has told it. */
export function askedAt(): string {
  return places.getStore() ?? '';
}
