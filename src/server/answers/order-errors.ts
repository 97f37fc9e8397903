import type { ExecutionResult, GraphQLError } from 'graphql';
import { isRecord } from '../../shared/is-record.ts';

/**
 * Puts errors in the order of what they belong to, from the root down. Fields fail in the order in which the upstream
 * answers; clients see them in the order of the answer, and where that ends, of the document.
 */
export function orderErrors(
  errors: readonly GraphQLError[],
  data: ExecutionResult['data'],
): readonly GraphQLError[] {
  return errors.toSorted(
    (left, right) => comparePaths(left.path ?? [], right.path ?? [], data) || comparePlaces(left, right),
  );
}

type Path = ReadonlyArray<string | number>;

function comparePaths(left: Path, right: Path, data: unknown): number {
  let value = data;
  for (let depth = 0; depth < Math.min(left.length, right.length); depth += 1) {
    const [a, b] = [left[depth], right[depth]];
    if (a === b) value = isRecord(value) ? value[String(a)] : undefined;
    else if (typeof a === 'number' && typeof b === 'number') return a - b;
    else {
      const keys = Object.keys(isRecord(value) ? value : {});
      return keys.indexOf(String(a)) - keys.indexOf(String(b));
    }
  }
  return 0;
}

function comparePlaces(left: GraphQLError, right: GraphQLError): number {
  const [a] = left.locations ?? [];
  const [b] = right.locations ?? [];
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
}
