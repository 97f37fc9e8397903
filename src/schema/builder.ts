import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import type { Collection } from '../scenario/collections/collection.ts';
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
  /** What connections have beside edges and page info. */
  Connection: { readonly nodes: Collection[] };
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
}>({
  plugins: [ErrorsPlugin, RelayPlugin],
  defaultFieldNullability: false,
  errors: {
    directResult: true,
    defaultUnionOptions: {
      name: ({ fieldName }) => `${capitalize(fieldName)}Result`,
      description: 'What the mutation came to: its payload, or what a person can act on.',
    },
  },
  relay: {
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    nodeTypeOptions: { description: 'An object that can be fetched again by its id alone.' },
    idFieldOptions: { description: 'Global id: opaque, the same for ever, unique among all types.' },
    cursorType: 'String',
    edgesFieldOptions: {
      description: 'The edges of this slice, in order.',
      nullable: { list: false, items: false },
    },
    nodeFieldOptions: { description: 'What stands at this edge.', nullable: false },
    cursorFieldOptions: { description: 'Resumes the list behind this edge, as `after`.' },
    pageInfoFieldOptions: { description: 'Where this slice stands in the list.' },
    pageInfoTypeOptions: { description: 'Where a slice stands in its list.' },
    hasNextPageFieldOptions: { description: 'Whether the list goes on behind this slice.' },
    hasPreviousPageFieldOptions: {
      description: 'Whether the list was resumed, so that there is something before.',
    },
    startCursorFieldOptions: { description: 'Cursor of the first edge; null when there is none.' },
    endCursorFieldOptions: { description: 'Cursor of the last edge: the `after` of the next slice.' },
  },
});

function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
