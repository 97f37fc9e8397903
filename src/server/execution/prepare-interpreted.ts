import {
  executeRootSelectionSet,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  type SelectionNode,
  type ValidatedExecutionArgs,
  type VariableValues,
  validateExecutionArgs,
} from 'graphql';
import type { GraphQLContext } from '../../schema/context.ts';
import { collectFields } from './compiled/collect-fields.ts';
import { argumentsOf, type DocumentView, type PlannedField, planOperation } from './plan-operation.ts';
import type { OperationRequest, PreparedOperation, RunOptions } from './prepared-operation.ts';

/** Prepares an operation for graphql-js, which executes whatever is valid. */
export function prepareInterpreted(
  { document, variables, operationName }: OperationRequest,
  contextValue: GraphQLContext,
  { schema, hideSuggestions }: RunOptions,
): PreparedOperation {
  const args = validateExecutionArgs({
    schema,
    document,
    variableValues: variables,
    operationName,
    contextValue,
    hideSuggestions,
  });
  if (!('operation' in args)) return { errors: args };
  const { name, operation: type } = args.operation;
  return {
    name: name?.value ?? null,
    type,
    plan: (limits) => {
      const view = viewOf(args);
      return planOperation(rootFields(args, view), type === 'mutation', limits, view);
    },
    execute: () => executeRootSelectionSet(args),
  };
}

function viewOf({ schema, fragmentDefinitions, variableValues }: ValidatedExecutionArgs): DocumentView {
  return {
    parts: {
      schema,
      fragments: new Map(Object.entries(fragmentDefinitions)),
      isIncluded: (selection) => isIncluded(selection, variableValues),
    },
    variableValues,
  };
}

function rootFields({ schema, operation }: ValidatedExecutionArgs, view: DocumentView): PlannedField[] {
  const type = schema.getRootType(operation.operation);
  if (!type) return [];
  return [...collectFields(view.parts, type, [operation.selectionSet])].flatMap(([key, nodes]) => {
    const [node] = nodes;
    const definition = node && type.getFields()[node.name.value];
    return definition
      ? [{ key, definition, nodes, args: argumentsOf(definition, node, view.variableValues) }]
      : [];
  });
}

function isIncluded(selection: SelectionNode, variableValues: VariableValues): boolean {
  if (!selection.directives?.length) return true;
  try {
    const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
    const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues);
    return skip?.['if'] !== true && include?.['if'] !== false;
  } catch {
    // Execution says what is wrong with the condition, before any call.
    return true;
  }
}
