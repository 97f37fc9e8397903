import SchemaBuilder, { type ObjectRef } from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import { isRecord } from '../shared/is-record.ts';
import type { GraphQLContext } from './context.ts';

/** The scalars that the schema adds, with the values behind them. */
type Scalars = {
  ID: { Input: string; Output: string };
  DateTime: { Input: string; Output: string };
  URL: { Input: string; Output: string };
};

/** The builder that every schema file registers its types on. Defines no type itself. */
export const builder = new SchemaBuilder<{
  Context: GraphQLContext;
  Scalars: Scalars;
  DefaultFieldNullability: false;
}>({
  plugins: [ErrorsPlugin, RelayPlugin],
  defaultFieldNullability: false,
  errors: {
    directResult: true,
    defaultUnionOptions: {
      name: ({ fieldName }) => `${capitalize(fieldName)}Result`,
      description: 'The outcome of the mutation: its payload, or an error that a person can act on.',
    },
  },
  relay: {
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    nodeTypeOptions: {
      description: 'An object that can be fetched again by its id alone.',
      resolveType: typenameOf,
    },
    idFieldOptions: { description: 'Global id: opaque, stable, unique among all types.' },
    cursorType: 'String',
    pageInfoTypeOptions: { description: 'What of a list lies before and after a slice.' },
    hasNextPageFieldOptions: { description: 'Whether more items follow this slice.' },
    hasPreviousPageFieldOptions: {
      description: 'Whether the list was resumed with `after`, so that items come before this slice.',
    },
    startCursorFieldOptions: { description: 'Cursor of the first edge; null when there is none.' },
    endCursorFieldOptions: {
      description: 'Cursor of the last edge: pass it as `after` to get the next slice.',
    },
  },
});

/** An object type whose values have at least this form. */
export type TypeOf<Value> = ObjectRef<SchemaTypesOf<typeof builder>, Value>;

type SchemaTypesOf<Builder> = Builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never;

function typenameOf(value: unknown): string | undefined {
  return isRecord(value) && typeof value['typename'] === 'string' ? value['typename'] : undefined;
}

function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
