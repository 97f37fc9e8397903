import {
  defaultFieldResolver,
  execute,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  parse,
} from 'graphql';
import { expect, test } from 'vitest';
import type { GraphQLContext } from '../../src/schema/context.ts';
import { buildSchema } from '../../src/schema/schema.ts';
import { everythingDocuments } from './everything.ts';
import { RandomSource } from './random-source.ts';

/** Fields of objects below the root, by `Type.field`. */
function fieldsBelowRoot(schema: GraphQLSchema): Map<string, GraphQLField<unknown, unknown>> {
  const roots = new Set<GraphQLNamedType | null | undefined>([
    schema.getQueryType(),
    schema.getMutationType(),
  ]);
  const below = Object.values(schema.getTypeMap()).filter(
    (type) =>
      (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__') && !roots.has(type),
  );
  return new Map(
    below.flatMap((type) =>
      isObjectType(type) || isInterfaceType(type)
        ? Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const)
        : [],
    ),
  );
}

test('no field below the root takes arguments', () => {
  const withArguments = [...fieldsBelowRoot(buildSchema())].filter(([, { args }]) => args.length > 0);
  expect(withArguments.map(([place]) => place)).toEqual([]);
});

test('no resolver below the root makes wait, so that a compiled operation never has to', async () => {
  const schema = buildSchema();
  const objects = [...fieldsBelowRoot(schema)].filter(([place]) =>
    isObjectType(schema.getType(place.split('.')[0] ?? '')),
  );
  const unseen = new Set(objects.map(([place]) => place));
  const waiting = new Set<string>();
  for (const [place, field] of objects) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (...args) => {
      const value: unknown = resolve(...args);
      unseen.delete(place);
      const parts: unknown[] = Array.isArray(value) ? [value, ...value] : [value];
      if (parts.some(isThenable)) waiting.add(place);
      return value;
    };
  }
  for (let seed = 0; seed < 60; seed += 1) {
    for (const document of everythingDocuments(schema)) {
      await execute({ schema, document: parse(document), contextValue: createContext(seed) });
    }
  }
  expect([...unseen]).toEqual([]);
  expect([...waiting]).toEqual([]);
});

function createContext(seed: number): GraphQLContext {
  const collections = new RandomSource(seed, { failures: 60, brokenFields: 0 });
  return { collections, maxBulkIds: 10, reportPartial: () => {} };
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}
