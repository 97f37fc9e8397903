import {
  executeRootSelectionSet,
  type FieldNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isObjectType,
  type SelectionNode,
  type SelectionSetNode,
  type ValidatedExecutionArgs,
  type VariableValues,
  validateExecutionArgs,
} from 'graphql';
import type { GraphQLContext } from '../../schema/context.ts';
import { collectFields, type SelectionParts } from './compiled/collect-fields.ts';
import type { PlannedField, PlannedSelection } from './compiled/planned-field.ts';
import { planOperation } from './plan-operation.ts';
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
    plan: (limits) => planOperation(rootFields(args, viewOf(args)), type === 'mutation', limits),
    execute: () => executeRootSelectionSet(args),
  };
}

/** What it takes to look at the selections of a document. */
interface DocumentView {
  readonly parts: SelectionParts;
  readonly variableValues: VariableValues;
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
  return type ? plannedFields(view, type, [operation.selectionSet]) : [];
}

function plannedFields(
  view: DocumentView,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): PlannedField[] {
  return [...collectFields(view.parts, type, selectionSets)].flatMap(([key, nodes]) => {
    const [node] = nodes;
    const definition = node && type.getFields()[node.name.value];
    if (!definition) return [];
    const args = argumentsOf(definition, node, view.variableValues);
    return [{ key, definition, args, below: () => selectionsBelow(view, definition, nodes) }];
  });
}

function selectionsBelow(
  view: DocumentView,
  { type }: GraphQLField<unknown, unknown>,
  nodes: readonly FieldNode[],
): PlannedSelection[] {
  const named = getNamedType(type);
  const types = isAbstractType(named) ? view.parts.schema.getPossibleTypes(named) : [named];
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  return types
    .filter(isObjectType)
    .map((possible) => ({ type: possible, fields: plannedFields(view, possible, selectionSets) }));
}

/** The arguments of a field; none where they are wrong: execution says so before any call. */
function argumentsOf(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variableValues: VariableValues,
): Record<string, unknown> {
  try {
    return getArgumentValues(definition, node, variableValues);
  } catch {
    return {};
  }
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
