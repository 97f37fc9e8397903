import type { GraphQLField } from 'graphql';
import { MAX_IDS_PER_CALL } from '../scenario/bulk-membership.ts';
import { MAX_PAGE_SIZE } from '../scenario/list-walk.ts';

type Arguments = Readonly<Record<string, unknown>>;
type CountCalls = (args: Arguments) => number;

/** Extension of a root field that tells how many upstream calls it plans for its arguments. */
export function planned(count: CountCalls): { readonly plannedCalls: CountCalls } {
  return { plannedCalls: count };
}

/** One call, whatever the arguments. */
export const ONE_CALL = planned(() => 1);

/** One call for each page of a list. */
export const CALLS_OF_LIST = planned(({ first }) =>
  typeof first === 'number' && first > 0 ? Math.ceil(first / MAX_PAGE_SIZE) : 0,
);

/** One call for each different id. */
export const CALLS_OF_NODES = planned(({ ids }) => (Array.isArray(ids) ? new Set<unknown>(ids).size : 0));

/** One call for each chunk of the input's ids. */
export const CALLS_OF_BULK = planned(({ input }) => {
  const lists = typeof input === 'object' && input !== null ? Object.values(input).filter(Array.isArray) : [];
  const count = lists.reduce((total: number, list) => total + new Set<unknown>(list).size, 0);
  return Math.ceil(count / MAX_IDS_PER_CALL);
});

/** How many upstream calls a root field plans for these arguments. */
export function plannedCalls({ extensions }: GraphQLField<unknown, unknown>, args: Arguments): number {
  const count: unknown = extensions['plannedCalls'];
  return typeof count === 'function' ? Number(count(args)) : 0;
}
