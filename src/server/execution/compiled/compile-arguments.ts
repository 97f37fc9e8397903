import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  getArgumentValues,
  type ValueNode,
  visit,
} from 'graphql';
import { NotCompilableError } from './collect-fields.ts';

const NO_ARGUMENTS = {};

/**
 * Reads the arguments of a field below the root.
 * @throws NotCompilableError for a field that waits, and for arguments that hang on variables: those differ from request
 * to request
 */
export function compileArguments(
  definition: GraphQLField<unknown, unknown>,
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
): Readonly<Record<string, unknown>> {
  const [node] = nodes;
  if (definition.extensions.upstream?.waits)
    throw new NotCompilableError(`${type.name}.${definition.name} waits`);
  if (definition.args.length === 0 || !node) return NO_ARGUMENTS;
  if (node.arguments?.some(({ value }) => hasVariables(value)))
    throw new NotCompilableError(`variables of ${type.name}.${definition.name}`);
  return getArgumentValues(definition, node);
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
