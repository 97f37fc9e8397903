import {
  type FieldNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValidatedExecutionArgs,
} from 'graphql';
import { type InputLimits, plannedCalls } from '../../schema/planned-calls.ts';

/** What an operation is going to do, known before anything runs. */
export interface OperationPlan {
  readonly isMutation: boolean;
  /** Whether it touches collections at all: introspection and `__typename` do not. */
  readonly touchesData: boolean;
  /** Upstream calls when nothing fails, repeats or is shared. */
  readonly calls: number;
}

/** A root field with its arguments. */
export interface PlannedField {
  readonly definition: GraphQLField<unknown, unknown>;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Plans the root fields of an operation. */
export function planFields(
  fields: readonly PlannedField[],
  isMutation: boolean,
  limits: InputLimits,
): OperationPlan {
  const counted = new Set<string>();
  let calls = 0;
  for (const field of fields) {
    // Equal reads of one operation are one call; mutations run each.
    const identity = isMutation || fields.length === 1 ? '' : identityOf(field);
    if (identity !== '' && counted.has(identity)) continue;
    counted.add(identity);
    calls += plannedCalls(field.definition, field.args, limits);
  }
  return { isMutation, touchesData: fields.length > 0, calls };
}

// What has nothing but an id, as most reads, needs no JSON.
function identityOf({ definition, args }: PlannedField): string {
  const { id } = args;
  const isIdAlone = definition.args.length === 1 && typeof id === 'string';
  return isIdAlone ? `${definition.name} ${id}` : `${definition.name}:${JSON.stringify(args)}`;
}

/** Finds the root fields that an operation with these variables runs. */
export function rootFields(args: ValidatedExecutionArgs): PlannedField[] {
  const definitions = args.schema.getRootType(args.operation.operation)?.getFields() ?? {};
  const byKey = new Map<string, FieldNode>();
  for (const node of includedFields(args.operation.selectionSet, args, new Set())) {
    // Mentioned again under the same key, a field runs once all the same.
    const key = (node.alias ?? node.name).value;
    if (!byKey.has(key)) byKey.set(key, node);
  }
  return [...byKey.values()].flatMap((node) => {
    const definition = definitions[node.name.value];
    return definition ? [{ definition, args: argumentsOf(definition, node, args) }] : [];
  });
}

function argumentsOf(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  { variableValues }: ValidatedExecutionArgs,
): Record<string, unknown> {
  try {
    return getArgumentValues(definition, node, variableValues);
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
