import { styleText } from 'node:util';
import type { Config } from '../config/config.ts';

const QUERY = '{"query":"{ collections(first: 3) { nodes { name itemCount } } }"}';
const LABEL_WIDTH = 10;

/** What a developer sees when the gateway is up: where GraphiQL is, what is behind it, how to make it fail, and a line to try it with. */
export function greeting(
  { url, upstream: address }: { readonly url: string; readonly upstream: string },
  { upstream, auth, graphiql }: Pick<Config, 'upstream' | 'auth' | 'graphiql'>,
): string {
  const behind = upstream.kind === 'sandbox' ? `sandbox with sample collections, ${address}` : address;
  const lines = [
    [graphiql ? 'GraphiQL' : 'GraphQL', styleText(['cyan', 'underline'], url)],
    ['Upstream', styleText('green', behind)],
    ...(upstream.kind === 'sandbox' ? [['Faults', new URL('/sandbox/faults', url).href]] : []),
    ['Try', styleText('dim', tryOut(url, auth.mode))],
  ];
  return [
    '',
    `  ${styleText('bold', 'Scenario Collections gateway')}`,
    '',
    ...lines.map(([label = '', text = '']) => `  ${label.padEnd(LABEL_WIDTH)}${text}`),
    '',
    '',
  ].join('\n');
}

// In the shell, single quotes keep a placeholder from being a redirection.
function tryOut(url: string, mode: Config['auth']['mode']): string {
  const login = { none: '', 'api-key': '<your key>', jwt: '<your token>' }[mode];
  const authorization = login === '' ? '' : ` -H 'authorization: Bearer ${login}'`;
  return `curl -s ${url} -H 'content-type: application/json'${authorization} -d '${QUERY}'`;
}
