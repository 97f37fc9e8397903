import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValidatedExecutionArgs,
} from 'graphql';
import { plannedCalls } from '../schema/planned-calls.ts';

/** What an operation is going to do, known before anything runs. */
export interface OperationPlan {
  /** Whether it touches collections at all: introspection and `__typename` do not. */
  readonly touchesData: boolean;
  /** Upstream calls when nothing fails, repeats or is shared. */
  readonly calls: number;
}

/** Plans an operation out of its document and its variables. */
export function planOperation(args: ValidatedExecutionArgs): OperationPlan {
  const rootType = args.schema.getRootType(args.operation.operation);
  const counted = new Map<string, number>();
  for (const field of includedFields(args.operation.selectionSet, args, new Set())) {
    if (!field.name.value.startsWith('__') && rootType) count(counted, field, rootType, args);
  }
  return {
    touchesData: counted.size > 0,
    calls: [...counted.values()].reduce((total, calls) => total + calls, 0),
  };
}

// Equal reads of one operation are one call, so equal fields count once; mutations run each.
function count(
  counted: Map<string, number>,
  field: FieldNode,
  rootType: GraphQLObjectType,
  args: ValidatedExecutionArgs,
): void {
  const definition = rootType.getFields()[field.name.value];
  if (!definition) return;
  const values = argumentsOf(definition, field, args);
  const isRead = args.operation.operation === 'query';
  const identity = isRead ? JSON.stringify(values) : (field.alias?.value ?? '');
  counted.set(`${field.name.value}:${identity}`, plannedCalls(definition, values));
}

function argumentsOf(
  definition: Parameters<typeof getArgumentValues>[0],
  field: FieldNode,
  { variableValues }: ValidatedExecutionArgs,
): Record<string, unknown> {
  try {
    return getArgumentValues(definition, field, variableValues);
  } catch {
    // Execution says what is wrong with them, before any call.
    return {};
  }
}

function* includedFields(
  selectionSet: SelectionSetNode,
  args: ValidatedExecutionArgs,
  visited: Set<string>,
): Generator<FieldNode> {
  for (const selection of selectionSet.selections) {
    if (!isIncluded(selection, args)) continue;
    if (selection.kind === Kind.FIELD) yield selection;
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      yield* includedFields(selection.selectionSet, args, visited);
    else if (!visited.has(selection.name.value)) {
      visited.add(selection.name.value);
      const fragment = args.fragmentDefinitions[selection.name.value];
      if (fragment) yield* includedFields(fragment.selectionSet, args, visited);
    }
  }
}

function isIncluded(selection: SelectionNode, { variableValues }: ValidatedExecutionArgs): boolean {
  if (!selection.directives?.length) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues);
  return skip?.['if'] !== true && include?.['if'] !== false;
}
