import { describe, expect, it } from 'vitest';
import { codesOf, everyCollection, openFrontDoor } from '../support/front-door.ts';
import { KEY, SECRET } from '../support/gateway.ts';
import {
  type Answer,
  hang,
  json,
  raw,
  reset,
  startScriptedUpstream,
  text,
} from '../support/scripted-upstream.ts';

const OPEN = { GRAPHIQL: 'true' };

describe('the schema', () => {
  it.each(['{ __schema { queryType { name } } }', '{ __type(name: "Collection") { name } }'])(
    'is explored only with GRAPHIQL=true: %s',
    async (document) => {
      const closed = await openFrontDoor(everyCollection);
      const open = await openFrontDoor(everyCollection, OPEN);
      const refused = await closed.query(document);
      expect(refused.status).toBe(400);
      expect(new Set(codesOf(refused))).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
      expect((await open.query(document)).status).toBe(200);
    },
  );

  it('still tells the type of what it gives', async () => {
    const { query } = await openFrontDoor(everyCollection);
    const { body } = await query('{ __typename collection(id: "col_1") { __typename } }');
    expect(body).toEqual({ data: { __typename: 'Query', collection: { __typename: 'Collection' } } });
  });

  it.each([
    ['a field', '{ colections { nodes { name } } }', {}],
    ['an argument', '{ collection(idd: "x") { name } }', {}],
    ['a type', '{ node(id: "x") { ... on Colection { name } } }', {}],
    ['an input field', 'mutation { createCollection(input: { nam: "x" }) { __typename } }', {}],
    [
      'a field of a variable',
      'mutation ($input: CreateCollectionInput!) { createCollection(input: $input) { __typename } }',
      { input: { name: 'x', nam: 'y' } },
    ],
  ])('is not guessed at from a misspelt name of %s', async (_what, document, variables) => {
    const closed = await openFrontDoor(everyCollection);
    const open = await openFrontDoor(everyCollection, OPEN);
    const answer = await closed.query(document, variables);
    expect(answer.status).toBe(400);
    expect(answer.text).not.toMatch(/did you mean/i);
    expect((await open.query(document, variables)).text).toMatch(/did you mean/i);
  });
});

/** What must stay inside: secrets in any encoding, and where things are. */
function secretsOf(port: number): string[] {
  const pair = Buffer.from(`${KEY}:${SECRET}`);
  return [
    KEY,
    SECRET,
    pair.toString('base64'),
    pair.toString('base64url'),
    Buffer.from(SECRET).toString('base64').replace(/=+$/, ''),
    encodeURIComponent(pair.toString()),
    pair.toString('hex'),
    `127.0.0.1:${port}`,
  ];
}

const STACK = /\n?\s+at .+:\d+:\d+|node_modules|\/src\/|file:\/\//;
const leaky = 'marker-from-upstream: at Object.<anonymous> (/srv/app/index.js:1:1)';

const faults: ReadonlyArray<readonly [string, Answer]> = [
  ['a server error with a stack', () => json({ reason: leaky, stack: leaky }, 500, { 'x-internal': leaky })],
  ['a page of HTML', () => text(`<html>${leaky}</html>`, 502, { 'content-type': 'text/html' })],
  ['our credentials refused', () => json({ message: leaky }, 401, { 'www-authenticate': leaky })],
  ['broken JSON', () => text(`{"collection": ${leaky}`)],
  ['another shape', () => json({ collection: { id: 1, [leaky]: leaky } })],
  ['a redirect', () => text('', 302, { location: `http://${KEY}:${SECRET}@elsewhere.example/${leaky}` })],
  ['bytes that are no HTTP', () => raw(`${leaky}\r\n\r\n`)],
  ['a reset connection', () => reset],
  ['no answer in time', () => hang],
  ['an echo of our request', (request) => json({ reason: [...request.headers].join() }, 500)],
];

describe('when the upstream fails', () => {
  it.each(faults)('with %s, the answer tells nothing of the inside', async (_what, answer) => {
    const env = { UPSTREAM_TIMEOUT_MS: '200', DEADLINE_MS: '1000' };
    const { gateway, upstream, query } = await openFrontDoor(answer, env);
    for (const document of [
      '{ collection(id: "col_1") { name } }',
      '{ collections { nodes { name } } }',
      'mutation { deleteCollection(input: { id: "col_1" }) { __typename ... on Error { message } } }',
    ]) {
      const { text: shown, headers } = await query(document);
      const outside = shown + JSON.stringify([...headers]);
      for (const secret of secretsOf(upstream.port)) expect(outside).not.toContain(secret);
      expect(outside).not.toContain('marker-from-upstream');
      expect(outside).not.toMatch(STACK);
    }
    const log = gateway.logLines.join('');
    for (const secret of secretsOf(upstream.port).slice(0, -1)) expect(log).not.toContain(secret);
  });

  it('where it cannot be reached at all, the answer does not say where it was sought', async () => {
    const gone = await startScriptedUpstream(everyCollection);
    await gone.close();
    const { gateway, query } = await openFrontDoor(everyCollection, { SCENARIO_BASE_URL: gone.url });
    const answer = await query('{ collection(id: "col_1") { name } }');
    expect(codesOf(answer)).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(answer.text).not.toMatch(/ECONNREFUSED|127\.0\.0\.1/);
    expect(gateway.logLines.join('')).not.toContain(SECRET);
  });
});
