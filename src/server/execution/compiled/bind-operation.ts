import type { VariableValues } from 'graphql';
import { type BoundArguments, bindArguments } from './compile-arguments.ts';
import type { CompiledOperation, CompiledRootField } from './compile-operation.ts';
import type { CostlyField, CostlySelection } from './compiled-field.ts';
import type { PlannedField, PlannedSelection } from './planned-field.ts';

/** A compiled operation with the arguments that the variables of a request make. */
export interface BoundOperation {
  readonly operation: CompiledOperation;
  readonly fields: readonly BoundRootField[];
  /** Arguments of fields below the root that hang on variables. */
  readonly below: readonly BoundArguments[];
  readonly variableValues: VariableValues;
}

/** A root field with its arguments, or the error that they are. */
export interface BoundRootField extends CompiledRootField, BoundArguments {}

/** Gives all fields their arguments. */
export function bindOperation(
  operation: CompiledOperation,
  variableValues: VariableValues,
  hideSuggestions: boolean,
): BoundOperation {
  return {
    operation,
    fields: operation.fields.map((field) => ({
      ...field,
      ...bindArguments(field.definition, field.nodes[0], variableValues, hideSuggestions),
    })),
    below: operation.varying.map(({ definition, node }) =>
      bindArguments(definition, node, variableValues, hideSuggestions),
    ),
    variableValues,
  };
}

/** The fields of a bound operation that make calls, on all its levels. */
export function costsOf({ fields, below: bound }: BoundOperation): readonly PlannedField[] {
  return fields.map(({ key, definition, args, below }) => ({
    key,
    definition,
    args,
    below: () => costsBelow(below, bound),
  }));
}

function costsBelow(
  selections: readonly CostlySelection[],
  bound: readonly BoundArguments[],
): readonly PlannedSelection[] {
  return selections.map(({ type, fields }) => ({
    type,
    fields: fields.map((field) => costOf(field, bound)),
  }));
}

function costOf(
  { key, definition, args, below }: CostlyField,
  bound: readonly BoundArguments[],
): PlannedField {
  return {
    key,
    definition,
    args: args.fixed ?? bound[args.place]?.args ?? {},
    below: () => costsBelow(below, bound),
  };
}
