import { Environment, type FetchFunction, Network, RecordSource, Store } from 'relay-runtime';
import { type Problem, problemIn } from '../problems.ts';
import { authorization, GATEWAY_URL } from '../session.ts';

/** Thrown where an answer has no data, with the words for it. */
export class NoData extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.text);
    this.problem = problem;
  }
}

const fetchGraphQL: FetchFunction = async ({ text }, variables) => {
  const answer = await fetch(GATEWAY_URL, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization() },
    body: JSON.stringify({ query: text, variables }),
  })
    .then((response) => response.json())
    .catch(() => ({ data: null }));
  if (answer.data === null || answer.data === undefined) throw new NoData(problemIn(answer.errors ?? []));
  return answer;
};

/** A Relay environment over the gateway. */
export function createEnvironment(): Environment {
  return new Environment({ network: Network.create(fetchGraphQL), store: new Store(new RecordSource()) });
}
