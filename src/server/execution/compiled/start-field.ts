import type { GraphQLResolveInfo } from 'graphql';
import type { CompiledField } from './compiled-field.ts';
import { isThenable } from './is-thenable.ts';
import { type Run, recordError } from './run.ts';

/**
 * Starts a field that may have to be waited for. What it comes to is put into the object later, in a pass of its own; it is
 * nullable, so that no failure of it goes further.
 * @returns what stands there meanwhile, or the field's value where it is at hand
 */
export function startField(
  field: CompiledField,
  object: Record<string, unknown>,
  source: unknown,
  run: Run,
  depth: number,
): unknown {
  const path = run.path.slice(0, depth + 1);
  const later: Run = { ...run, path, info: infoOf(field, run.info, path), waiting: [] };
  const value = field.resolve(source, later);
  if (!isThenable(value)) return field.complete(value, run, depth + 1);
  const waiting = { isDropped: false };
  run.waiting.push(waiting);
  run.pending.begin();
  const fill = (complete: (settled: unknown) => unknown) => (settled: unknown) => {
    if (waiting.isDropped) return;
    object[field.key] = complete(settled);
    run.pending.end();
  };
  const fail = (failure: unknown): null => {
    run.pending.dropSince(later.waiting, 0);
    return recordError(failure, field.nodes, true, later, depth);
  };
  const complete = (resolved: unknown): unknown => {
    try {
      return field.complete(resolved, later, depth + 1);
    } catch (failure) {
      return fail(failure);
    }
  };
  void Promise.resolve(value).then(fill(complete), fill(fail));
  return null;
}

function infoOf(
  { definition, nodes, parentType }: CompiledField,
  info: GraphQLResolveInfo,
  path: ReadonlyArray<string | number>,
): GraphQLResolveInfo {
  return {
    ...info,
    fieldName: definition.name,
    fieldNodes: nodes,
    returnType: definition.type,
    parentType,
    path: linked(path),
  };
}

function linked(keys: ReadonlyArray<string | number>, last = keys.length - 1): GraphQLResolveInfo['path'] {
  return { prev: last > 0 ? linked(keys, last - 1) : undefined, key: keys[last] ?? '', typename: undefined };
}
