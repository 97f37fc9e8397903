import {
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type VariableValues,
} from 'graphql';
import type { GraphQLContext } from '../../../schema/context.ts';
import { collectFields, type DocumentParts, NotCompilableError } from './collect-fields.ts';
import { compileComplete, recordError } from './compile-fields.ts';
import type { Complete, Run } from './run.ts';

// A document that is sent only once or twice is not worth a function.
const CODEGEN_THRESHOLD = 100;

/** A root field, ready to be run with any variables. */
export interface CompiledRootField {
  readonly key: string;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly nodes: readonly FieldNode[];
  readonly complete: Complete;
}

/** An operation that runs without looking at its document again. */
export interface CompiledOperation {
  readonly definition: OperationDefinitionNode;
  readonly isMutation: boolean;
  readonly fields: readonly CompiledRootField[];
  readonly infoBase: InfoBase;
}

type InfoBase = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'operation' | 'rootValue' | 'parentType'>;

/** A root field with the arguments that its variables give, or the error that they are. */
export interface BoundField {
  readonly field: CompiledRootField;
  readonly args: Readonly<Record<string, unknown>>;
  readonly error: unknown;
}

/**
 * Compiles the only operation of a valid document.
 * @returns `null` where only graphql-js executes it exactly: directives, introspection, several operations,
 * root fields that may not be null
 * @param codegenThreshold how many objects of a selection are made field by field before a function is written
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  codegenThreshold = CODEGEN_THRESHOLD,
): CompiledOperation | null {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const [definition] = operations;
  const type = definition && schema.getRootType(definition.operation);
  if (!definition || !type || operations.length > 1 || definition.directives?.length) return null;
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const parts = {
    schema,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    codegenThreshold,
  };
  try {
    return {
      definition,
      isMutation: definition.operation === 'mutation',
      fields: compileRootFields(parts, type, definition),
      infoBase: {
        schema,
        fragments: Object.fromEntries(parts.fragments),
        operation: definition,
        rootValue: undefined,
        parentType: type,
      },
    };
  } catch (error) {
    if (error instanceof NotCompilableError) return null;
    throw error;
  }
}

function compileRootFields(
  parts: DocumentParts,
  type: GraphQLObjectType,
  operation: OperationDefinitionNode,
): readonly CompiledRootField[] {
  return [...collectFields(parts, type, [operation.selectionSet])].map(([key, nodes]) => {
    const name = nodes[0]?.name.value ?? '';
    const definition = type.getFields()[name];
    // Concurrent fields that may not be null cancel one another in ways that depend on time.
    if (!definition?.resolve || isNonNullType(definition.type) || key === '__proto__') {
      throw new NotCompilableError(key);
    }
    return {
      key,
      definition,
      nodes,
      complete: compileComplete(parts, definition.type, `${type.name}.${name}`, nodes),
    };
  });
}

/** Gives the root fields their arguments. */
export function bindFields(
  operation: CompiledOperation,
  variableValues: VariableValues,
  hideSuggestions: boolean,
): readonly BoundField[] {
  return operation.fields.map((field) => {
    const [node] = field.nodes;
    try {
      const args = node
        ? getArgumentValues(field.definition, node, variableValues, undefined, hideSuggestions)
        : {};
      return { field, args, error: undefined };
    } catch (error) {
      return { field, args: {}, error };
    }
  });
}

/** Runs bound fields as graphql-js would: queries side by side, mutations one after the other. */
export function runFields(
  operation: CompiledOperation,
  fields: readonly BoundField[],
  variableValues: VariableValues,
  context: GraphQLContext,
): Promise<ExecutionResult> {
  const errors: Run['errors'] = [];
  const data: Record<string, unknown> = {};
  const runField = (bound: BoundField) => {
    const info = resolveInfo(operation.infoBase, bound.field, variableValues);
    return runRootField(bound, { context, errors, path: [bound.field.key], info });
  };
  const finish = (values: readonly unknown[]): ExecutionResult => {
    fields.forEach(({ field }, index) => {
      data[field.key] = values[index];
    });
    return errors.length > 0 ? { errors, data } : { data };
  };
  const [first, ...others] = fields;
  if (first && others.length === 0) return runField(first).then((value) => finish([value]));
  return (operation.isMutation ? inTurn(fields, runField) : Promise.all(fields.map(runField))).then(finish);
}

async function inTurn<Item>(
  items: readonly Item[],
  run: (item: Item) => Promise<unknown>,
): Promise<readonly unknown[]> {
  const values: unknown[] = [];
  for (const item of items) values.push(await run(item));
  return values;
}

function runRootField({ field, args, error }: BoundField, run: Run): Promise<unknown> {
  const fail = (failure: unknown): null => recordError(failure, field.nodes, true, run, 0);
  const complete = (value: unknown): unknown => {
    try {
      return field.complete(value, run, 1);
    } catch (failure) {
      return fail(failure);
    }
  };
  try {
    if (error !== undefined) throw error;
    const value: unknown = field.definition.resolve?.(undefined, args, run.context, run.info);
    return Promise.resolve(value).then(complete, fail);
  } catch (failure) {
    return Promise.resolve(fail(failure));
  }
}

function resolveInfo(
  base: InfoBase,
  field: CompiledRootField,
  variableValues: VariableValues,
): GraphQLResolveInfo {
  const { key, definition, nodes } = field;
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
