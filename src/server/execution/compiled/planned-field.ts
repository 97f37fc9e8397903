import type { GraphQLField, GraphQLObjectType } from 'graphql';
import type { Arguments } from './compile-arguments.ts';

/** A field with its arguments; none where they are wrong. */
export interface PlannedField {
  readonly key: string;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly args: Arguments;
  /** What is selected of its value, for each type that it can have. */
  below(): readonly PlannedSelection[];
}

/** Fields of one type; those that neither make calls nor lead to some may be left out. */
export interface PlannedSelection {
  readonly type: GraphQLObjectType;
  readonly fields: readonly PlannedField[];
}
