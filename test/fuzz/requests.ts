import type { Arbitrary } from 'fast-check';
import * as fc from 'fast-check';
import { documents } from './graphql-grammar.ts';

/** A request that is proper HTTP, whatever it asks. */
export interface FuzzedRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array | null;
}

const bytes = (text: string) => Buffer.from(text);
const JSON_TYPE = 'application/json';

const parameters: Arbitrary<Record<string, unknown>> = fc.record(
  {
    query: fc.oneof({ weight: 30, arbitrary: documents }, { weight: 1, arbitrary: fc.jsonValue() }),
    variables: fc.oneof(
      fc.dictionary(
        fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'),
        fc.jsonValue({ maxDepth: 3 }),
        { maxKeys: 3 },
      ),
      { weight: 1, arbitrary: fc.jsonValue() },
    ),
    operationName: fc.constantFrom<unknown>(null, 'M', 'name', '', 1, {}, 'N'.repeat(300)),
    extensions: fc.constantFrom<unknown>(null, {}, [], 'x', {
      persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) },
    }),
    documentId: fc.constantFrom<unknown>(null, 1, '', `sha256:${'b'.repeat(64)}`),
    unknown: fc.jsonValue({ maxDepth: 1 }),
  },
  { requiredKeys: ['query'] },
);

/** Most requests have the usual parameters, so that most get to the document. */
const usual = parameters.map(({ query, variables, operationName }) => ({
  query,
  ...(typeof variables === 'object' ? { variables } : {}),
  ...(operationName === 'M' ? { operationName } : {}),
}));

const jsonBody = fc
  .oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: parameters })
  .map((body) => bytes(JSON.stringify(body)));

const oddBody: Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json().map(bytes),
  fc.tuple(jsonBody, fc.nat({ max: 200 })).map(([body, end]) => body.subarray(0, end)),
  fc.tuple(jsonBody, fc.uint8Array({ minLength: 1, maxLength: 4 })).map((parts) => Buffer.concat(parts)),
  documents.map((query) => bytes(`[${JSON.stringify({ query })}]`)),
  fc
    .constantFrom(
      '{"query":"{a}","query":"{b}"}',
      '{"__proto__":{"query":"{__typename}"}}',
      '\uFEFF{}',
      '[]',
      '',
    )
    .map(bytes),
);

const accept = fc.constantFrom(
  '*/*',
  JSON_TYPE,
  'application/graphql-response+json',
  'text/html',
  '',
  'application/json;q=0, */*',
);
const contentType = fc.oneof(
  { weight: 12, arbitrary: fc.constant(JSON_TYPE) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'application/json; charset=utf-16',
      'text/plain',
      'application/graphql',
      'multipart/form-data; boundary=x',
    ),
  },
);

const post = fc
  .tuple(fc.oneof({ weight: 9, arbitrary: jsonBody }, { weight: 2, arbitrary: oddBody }), contentType, accept)
  .map(([body, type, accepted]): FuzzedRequest => {
    return { method: 'POST', path: '/graphql', headers: { 'content-type': type, accept: accepted }, body };
  });

const get = fc.tuple(parameters, accept, fc.boolean()).map(([given, accepted, isText]): FuzzedRequest => {
  const texts = Object.entries(given).map(([name, value]): [string, string] => {
    return [name, typeof value === 'string' && isText ? value : JSON.stringify(value)];
  });
  const query = new URLSearchParams(texts).toString().slice(0, 6_000);
  return { method: 'GET', path: `/graphql?${query}`, headers: { accept: accepted }, body: null };
});

/** Requests of every kind that HTTP lets through. */
export const requests: Arbitrary<FuzzedRequest> = fc.oneof(
  { weight: 9, arbitrary: post },
  { weight: 1, arbitrary: get },
);
