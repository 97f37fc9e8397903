import {
  type FieldNode,
  type GraphQLField,
  getArgumentValues,
  type ValueNode,
  type VariableValues,
  visit,
} from 'graphql';

export type Arguments = Readonly<Record<string, unknown>>;

/** The arguments of a field for one request, or the error that they are. */
export interface BoundArguments {
  readonly args: Arguments;
  readonly error: unknown;
}

/** A field with one of its mentions in the document: its arguments differ from request to request. */
export interface VaryingField {
  readonly definition: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
}

/** The arguments of a field below the root: the same for all requests, or bound for each at this place. */
export type FieldArguments =
  | { readonly fixed: Arguments; readonly place: null }
  | { readonly fixed: null; readonly place: number };

const NO_ARGUMENTS: Arguments = {};
const NONE: FieldArguments = { fixed: NO_ARGUMENTS, place: null };

/** Reads the arguments of a field below the root. @param varying takes up the fields whose arguments hang on variables */
export function compileArguments(
  definition: GraphQLField<unknown, unknown>,
  [node]: readonly FieldNode[],
  varying: VaryingField[],
): FieldArguments {
  if (!node) return NONE;
  if (!node.arguments?.some(({ value }) => hasVariables(value)))
    return { fixed: getArgumentValues(definition, node), place: null };
  return { fixed: null, place: varying.push({ definition, node }) - 1 };
}

/** Gives a field the arguments that the variables of a request make. */
export function bindArguments(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode | undefined,
  variableValues: VariableValues,
  hideSuggestions: boolean,
): BoundArguments {
  if (definition.args.length === 0 || !node) return { args: NO_ARGUMENTS, error: undefined };
  try {
    const args = getArgumentValues(definition, node, variableValues, undefined, hideSuggestions);
    return { args, error: undefined };
  } catch (error) {
    return { args: NO_ARGUMENTS, error };
  }
}

/** The arguments of a field for one request. @throws the error that they are */
export function argumentsAt(bound: readonly BoundArguments[], place: number): Arguments {
  const { args, error } = bound[place] ?? { args: NO_ARGUMENTS, error: undefined };
  if (error !== undefined) throw error;
  return args;
}

function hasVariables(value: ValueNode): boolean {
  let found = false;
  visit(value, {
    Variable: () => {
      found = true;
    },
  });
  return found;
}
