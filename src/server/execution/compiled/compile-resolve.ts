import type { GraphQLField, GraphQLObjectType } from 'graphql';
import { isRecord } from '../../../shared/is-record.ts';
import { argumentsAt, type FieldArguments } from './compile-arguments.ts';
import { isThenable } from './is-thenable.ts';
import type { Run } from './run.ts';

type Resolve = (source: unknown, run: Run) => unknown;

/** Compiles how the value of a field below the root is found. @param waits whether it may have to be waited for */
export function compileResolve(
  definition: GraphQLField<unknown, unknown>,
  type: GraphQLObjectType,
  args: FieldArguments,
  waits: boolean,
): Resolve {
  const { name, resolve } = definition;
  if (name === '__typename') return () => type.name;
  const argsOf = args.fixed ? () => args.fixed : ({ args: bound }: Run) => argumentsAt(bound, args.place);
  if (resolve) {
    const ask: Resolve = (source, run) => resolve(source, argsOf(run), run.context, run.info);
    return waits ? ask : (source, run) => settled(ask(source, run));
  }
  return (source, run) => {
    const value = hasFields(source) ? source[name] : undefined;
    return typeof value === 'function' ? value.call(source, argsOf(run), run.context, run.info) : value;
  };
}

function hasFields(value: unknown): value is Record<string, unknown> {
  return isRecord(value) || typeof value === 'function';
}

// What has to be waited for says so; everything else is at hand.
function settled(value: unknown): unknown {
  if (isThenable(value)) throw new Error('a field below the root makes wait');
  return value;
}
