import {
  type ExecutionResult,
  type GraphQLResolveInfo,
  getArgumentValues,
  type VariableValues,
} from 'graphql';
import type { GraphQLContext } from '../../../schema/context.ts';
import { recordError } from './compile-fields.ts';
import type { CompiledOperation, CompiledRootField, InfoBase } from './compile-operation.ts';
import type { Run } from './run.ts';

/** A root field with the arguments that its variables give, or the error that they are. */
export interface BoundField extends CompiledRootField {
  readonly args: Readonly<Record<string, unknown>>;
  readonly error: unknown;
}

/** Gives the root fields their arguments. */
export function bindFields(
  { fields }: CompiledOperation,
  variableValues: VariableValues,
  hideSuggestions: boolean,
): readonly BoundField[] {
  return fields.map((field) => {
    const [node] = field.nodes;
    try {
      const args = node
        ? getArgumentValues(field.definition, node, variableValues, undefined, hideSuggestions)
        : {};
      return { ...field, args, error: undefined };
    } catch (error) {
      return { ...field, args: {}, error };
    }
  });
}

/** Runs bound fields as graphql-js would: queries side by side, mutations one after the other. */
export function runFields(
  { definition, infoBase }: CompiledOperation,
  fields: readonly BoundField[],
  variableValues: VariableValues,
  context: GraphQLContext,
): Promise<ExecutionResult> {
  const errors: Run['errors'] = [];
  const data: Record<string, unknown> = {};
  const runField = (field: BoundField) =>
    runRootField(field, {
      context,
      errors,
      path: [field.key],
      info: resolveInfo(infoBase, field, variableValues),
    });
  const finish = (values: readonly unknown[]): ExecutionResult => {
    fields.forEach(({ key }, index) => {
      data[key] = values[index];
    });
    const [first] = fields;
    // A field that may not be null is the only one.
    const isLost = first?.isNullable === false && values[0] === null;
    return errors.length > 0 ? { errors, data: isLost ? null : data } : { data };
  };
  const [first, ...others] = fields;
  if (first && others.length === 0) return runField(first).then((value) => finish([value]));
  const isMutation = definition.operation === 'mutation';
  return (isMutation ? inTurn(fields, runField) : Promise.all(fields.map(runField))).then(finish);
}

async function inTurn<Item>(
  items: readonly Item[],
  run: (item: Item) => Promise<unknown>,
): Promise<readonly unknown[]> {
  const values: unknown[] = [];
  for (const item of items) values.push(await run(item));
  return values;
}

function runRootField(field: BoundField, run: Run): Promise<unknown> {
  // What becomes of a root field that may not be null shows when all have ended.
  const fail = (failure: unknown): null => recordError(failure, field.nodes, true, run, 0);
  const complete = (value: unknown): unknown => {
    try {
      return field.complete(value, run, 1);
    } catch (failure) {
      return fail(failure);
    }
  };
  try {
    if (field.error !== undefined) throw field.error;
    const value: unknown = field.definition.resolve?.(undefined, field.args, run.context, run.info);
    return Promise.resolve(value).then(complete, fail);
  } catch (failure) {
    return Promise.resolve(fail(failure));
  }
}

function resolveInfo(
  base: InfoBase,
  { key, definition, nodes }: BoundField,
  variableValues: VariableValues,
): GraphQLResolveInfo {
  return {
    ...base,
    fieldName: definition.name,
    fieldNodes: nodes,
    returnType: definition.type,
    path: { prev: undefined, key, typename: base.parentType.name },
    variableValues,
    getAbortSignal: noSignal,
    getAsyncHelpers: asyncHelpers,
  };
}

const noSignal = (): undefined => undefined;
const asyncHelpers = () => ASYNC_HELPERS;

const ASYNC_HELPERS: ReturnType<GraphQLResolveInfo['getAsyncHelpers']> = {
  promiseAll: (values) => Promise.all(values),
  track: () => {},
};
