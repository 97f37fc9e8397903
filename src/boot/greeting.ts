import { styleText } from 'node:util';

/** What a developer sees when the gateway is up: where GraphiQL is, what is behind it, one line to try. */
export function greeting(
  { url, upstream }: { readonly url: string; readonly upstream: string },
  kind: 'sandbox' | 'scenario',
): string {
  const behind = kind === 'sandbox' ? `sandbox with sample collections, ${upstream}` : upstream;
  const query = '{"query":"{ collections(first: 3) { nodes { name itemCount } } }"}';
  return [
    '',
    `  ${styleText('bold', 'Scenario Collections gateway')}`,
    '',
    `  GraphiQL  ${styleText(['cyan', 'underline'], url)}`,
    `  Upstream  ${styleText('green', behind)}`,
    `  Try       ${styleText('dim', `curl -s ${url} -H 'content-type: application/json' -d '${query}'`)}`,
    '',
    '',
  ].join('\n');
}
