import type { FieldNode, GraphQLField, GraphQLObjectType } from 'graphql';
import type { FieldArguments } from './compile-arguments.ts';
import type { ObjectField } from './generate-object-maker.ts';

/** A field below the root. */
export interface CompiledField extends ObjectField, CostlyField {
  readonly parentType: GraphQLObjectType;
  readonly nodes: readonly FieldNode[];
  readonly isNullable: boolean;
  /** Whether its value has to be waited for; it is nullable then. */
  readonly waits: boolean;
}

/** A field that makes upstream calls, or leads to one that does. */
export interface CostlyField {
  readonly key: string;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly args: FieldArguments;
  readonly below: readonly CostlySelection[];
}

/** The costly fields of a selection, for one of the types that a value can have. */
export interface CostlySelection {
  readonly type: GraphQLObjectType;
  readonly fields: readonly CostlyField[];
}

/** Picks those of the fields that make calls, or lead to some. */
export function costlyAmong(
  type: GraphQLObjectType,
  fields: readonly CostlyField[],
): readonly CostlySelection[] {
  const costly = fields.filter(
    ({ definition, below }) => definition.extensions.upstream !== undefined || below.length > 0,
  );
  return costly.length > 0 ? [{ type, fields: costly }] : [];
}
