import { Environment, type FetchFunction, Network, RecordSource, Store } from 'relay-runtime';
import { type Problem, problemIn } from '../gateway/problems.ts';
import { authorization, GATEWAY_URL } from '../gateway/session.ts';

/** A Relay environment over the gateway. */
export function createEnvironment(): Environment {
  return new Environment({ network: Network.create(fetchGraphQL), store: new Store(new RecordSource()) });
}

const fetchGraphQL: FetchFunction = async ({ text }, variables) => {
  const response = await fetch(GATEWAY_URL, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization() },
    body: JSON.stringify({ query: text, variables }),
  });
  const answer = await response.json();
  // As the cause, the entries reach whoever shows what went wrong.
  if (!answer.data) throw new Error('The answer has no data.', { cause: answer.errors });
  return answer;
};

/** What an error of this environment tells: an entry of `errors`, or that no answer came. */
export function problemOf(error: unknown): Problem {
  return problemIn(error instanceof Error && Array.isArray(error.cause) ? error.cause : []);
}
