import type { GraphQLField } from 'graphql';
import { MAX_IDS_PER_CALL } from '../scenario/bulk-membership.ts';
import { MAX_PAGE_SIZE } from '../scenario/list-walk.ts';

/** The largest lists that arguments may ask for. */
export interface InputLimits {
  readonly maxPageWalk: number;
  readonly maxBulkIds: number;
}

type Arguments = Readonly<Record<string, unknown>>;
type CountCalls = (args: Arguments, limits: InputLimits) => number;

/** Most ids that `nodes` takes. */
export const MAX_NODES = 100;

/** One call, whatever the arguments. */
export const ONE_CALL = planned(() => 1);

/** One call for each page of a list. */
export const CALLS_OF_LIST = planned(({ first }, { maxPageWalk }) =>
  typeof first === 'number' && first > 0 && first <= maxPageWalk ? Math.ceil(first / MAX_PAGE_SIZE) : 0,
);

/** One call for each different id. */
export const CALLS_OF_NODES = planned(({ ids }) =>
  Array.isArray(ids) && ids.length <= MAX_NODES ? new Set<unknown>(ids).size : 0,
);

/** One call for each chunk of the input's ids. */
export const CALLS_OF_BULK = planned(({ input }, { maxBulkIds }) => {
  const lists = typeof input === 'object' && input !== null ? Object.values(input).filter(Array.isArray) : [];
  const ids = lists.flat();
  return ids.length <= maxBulkIds ? Math.ceil(new Set(ids).size / MAX_IDS_PER_CALL) : 0;
});

/** How many upstream calls a root field plans for these arguments; none for those that it is going to refuse. */
export function plannedCalls(
  { extensions }: GraphQLField<unknown, unknown>,
  args: Arguments,
  limits: InputLimits,
): number {
  const count: unknown = extensions['plannedCalls'];
  return typeof count === 'function' ? Number(count(args, limits)) : 0;
}

// An extension of a root field, read back by `plannedCalls`.
function planned(count: CountCalls): { readonly plannedCalls: CountCalls } {
  return { plannedCalls: count };
}
