import type { ExecutionResult, GraphQLResolveInfo, VariableValues } from 'graphql';
import type { GraphQLContext } from '../../../schema/context.ts';
import type { BoundOperation, BoundRootField } from './bind-operation.ts';
import type { InfoBase } from './compile-operation.ts';
import { PendingFields } from './pending-fields.ts';
import { readAhead } from './read-ahead.ts';
import { type Run, recordError } from './run.ts';

/** Runs bound fields as graphql-js would: queries side by side, mutations one after the other. */
export function runFields(
  { operation, fields, below, variableValues }: BoundOperation,
  context: GraphQLContext,
): Promise<ExecutionResult> {
  const errors: Run['errors'] = [];
  const data: Record<string, unknown> = {};
  const runField = (field: BoundRootField) =>
    runRootField(field, {
      context,
      errors,
      args: below,
      path: [field.key],
      info: resolveInfo(operation.infoBase, field, variableValues),
      waiting: [],
      pending: new PendingFields(),
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
  const isMutation = operation.definition.operation === 'mutation';
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

function runRootField(field: BoundRootField, run: Run): Promise<unknown> {
  // What becomes of a root field that may not be null shows when all have ended.
  const fail = (failure: unknown): null => recordError(failure, field.nodes, true, run, 0);
  const complete = (value: unknown): unknown => {
    try {
      return run.pending.whenDone(field.complete(value, run, 1));
    } catch (failure) {
      run.pending.dropSince(run.waiting, 0);
      return fail(failure);
    }
  };
  try {
    if (field.error !== undefined) throw field.error;
    const value: unknown = field.definition.resolve?.(undefined, field.args, run.context, run.info);
    if (field.below.length > 0) startAhead(field, run);
    return Promise.resolve(value).then(complete, fail);
  } catch (failure) {
    return Promise.resolve(fail(failure));
  }
}

// Behind the read of the object itself, which is to get the turn where there is only one. What goes wrong shows when the
// fields are asked in their turn.
function startAhead(field: BoundRootField, run: Run): void {
  Promise.resolve()
    .then(() => readAhead(field, run))
    .catch(() => {});
}

function resolveInfo(
  base: InfoBase,
  { key, definition, nodes }: BoundRootField,
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
