import type { ApolloCache, OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import type { ErrorCode } from './__generated__/graphql.ts';
import { problemOf } from './problem-of.ts';
import { describeCode } from './problems.ts';
import { useToast } from './toasts.tsx';

/** What every error in the result of a mutation has. */
interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

type Payload<Result> = Exclude<Result, Failure>;

/**
 * A mutation that shows at once: the cache holds `optimistic` until the answer is here, and is as before when it failed.
 * What failed is told in a toast, whether it is in the result or in `errors`.
 *
 * @param document gives its one field the name `result`
 * @param update brings lists up to date, for the optimistic result and again for the true one
 * @returns performs it; resolves to the payload, or `null` when it failed
 */
export function useAction<Result, Variables extends OperationVariables>(
  document: TypedDocumentNode<{ readonly result: Result | null }, Variables>,
  update: (cache: ApolloCache, payload: Payload<Result>) => void = () => {},
): (variables: Variables, optimistic: Payload<Result>) => Promise<Payload<Result> | null> {
  const client = useApolloClient();
  const toast = useToast();
  return async (variables, optimistic) => {
    try {
      const { data } = await client.mutate<{ readonly result: Result | null }>({
        mutation: document,
        variables,
        optimisticResponse: { result: optimistic },
        update: (cache, answer) => {
          const result = answer.data?.result;
          if (isPayload(result)) update(cache, result);
        },
      });
      const result = data?.result;
      if (isPayload(result)) return result;
      if (isFailure(result)) {
        toast('bad', describeCode(result.code, result.message));
        // What one sees is no longer so.
        if (result.code === 'NOT_FOUND') await client.refetchQueries({ include: 'active' });
      }
    } catch (error) {
      toast('bad', problemOf(error).text);
    }
    return null;
  };
}

function isFailure(result: unknown): result is Failure {
  return typeof result === 'object' && result !== null && 'code' in result;
}

function isPayload<Result>(
  result: Result | null | undefined,
): result is Payload<Result> & NonNullable<Result> {
  return result !== null && result !== undefined && !isFailure(result);
}
