import type { ApolloCache, OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import type { FailureFragment } from '../__generated__/graphql.ts';
import { tell } from '../parts/tell.ts';
import { problemOf } from './apollo-client.ts';
import { describeCode } from './problems.ts';

type Failure = Pick<FailureFragment, 'code' | 'message'>;
type Payload<Result> = Exclude<Result, Failure>;

/**
 * A mutation that shows at once: the cache holds `expected` until the answer is here, and is as before when it failed.
 * A success is told in a toast, `done`; what failed, in the result or in `errors`, is what it resolves with, or `null`.
 *
 * @param document gives its one field the name `result`
 * @param update brings lists up to date, for the expected payload and again for the true one
 */
export function useAction<Result, Variables extends OperationVariables>(
  document: TypedDocumentNode<{ readonly result: Result | null }, Variables>,
  update: (cache: ApolloCache, payload: Payload<Result>) => void = () => {},
): (variables: Variables, expected: Payload<Result>, done: string) => Promise<string | null> {
  const client = useApolloClient();
  const act = async (variables: Variables, expected: Payload<Result>, done: string) => {
    const { data } = await client.mutate<{ readonly result: Result | null }>({
      mutation: document,
      variables,
      optimisticResponse: { result: expected },
      update: (cache, answer) => {
        const result = answer.data?.result;
        if (isPayload(result)) update(cache, result);
      },
    });
    const result = data?.result;
    if (isFailure(result) && result.code !== 'NOT_FOUND') return describeCode(result.code, result.message);
    tell(isFailure(result) ? 'bad' : 'good', isFailure(result) ? describeCode(result.code) : done);
    // What one sees is no longer so.
    if (isFailure(result)) await client.refetchQueries({ include: 'active' });
    return null;
  };
  return (...args) => act(...args).catch((error: unknown) => problemOf(error).text);
}

function isFailure(result: unknown): result is Failure {
  return typeof result === 'object' && result !== null && 'code' in result;
}

function isPayload<Result>(result: Result): result is Payload<Result> & NonNullable<Result> {
  return result !== null && result !== undefined && !isFailure(result);
}
