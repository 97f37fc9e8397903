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
import { randomSources } from './random-items.ts';
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

test('a field below the root that makes wait says so, and only such a one does', async () => {
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
  const saying = objects.filter(([, { extensions }]) => extensions.upstream?.waits);
  expect([...waiting].toSorted()).toEqual(saying.map(([place]) => place).toSorted());
});

function createContext(seed: number): GraphQLContext {
  const collections = new RandomSource(seed, { failures: 60, brokenFields: 0 });
  return {
    ...randomSources(collections),
    viewer: () => ({ name: 'ada', account: 'default', canRead: true, canWrite: false }),
    maxBulkIds: 10,
    reportPartial: () => {},
  };
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}
