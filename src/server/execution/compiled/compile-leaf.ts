import { GraphQLID, GraphQLInt, type GraphQLLeafType, GraphQLString } from 'graphql';
import type { Complete } from './run.ts';

/** Compiles how values of a scalar or an enum are completed. @param accept takes what stands for nothing, or throws */
export function compileLeaf(type: GraphQLLeafType, accept: (completed: unknown) => unknown): Complete {
  const coerce = (value: unknown): unknown => {
    if (isAbsent(value)) return accept(null);
    const coerced = type.coerceOutputValue(value) ?? null;
    if (coerced === null) throw new Error(`A value of "${type.name}" became nothing.`);
    return coerced;
  };
  // Most values are what they have to be.
  if (type === GraphQLString || type === GraphQLID)
    return (value) => (typeof value === 'string' ? value : coerce(value));
  if (type === GraphQLInt)
    return (value) => (typeof value === 'number' && (value | 0) === value ? value : coerce(value));
  return coerce;
}

/** As graphql-js has it: undefined and null stand for nothing. @throws an error, which stands for itself */
export function isAbsent(value: unknown): value is null | undefined {
  if (value instanceof Error) throw value;
  return value === null || value === undefined;
}
