import { describe, expect, it } from 'vitest';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';
import { queryGateway } from '../support/gateway.ts';
import { json } from '../support/scripted-upstream.ts';
import { exchange } from './wire-exchange.ts';

const RENAME = 'mutation { updateCollection(input: { id: "col_1", name: "x" }) { __typename } }';
const READ = '{ collection(id: "col_1") { name } }';
const JSON_TYPE = { 'content-type': 'application/json' };

/** What every refusal looks like: GraphQL JSON with one coded error and no data, which nobody stores. */
function refusal(status: number, code = 'BAD_USER_INPUT') {
  const error = `\\{"message":".+,"extensions":\\{"code":"${code}","requestId":"[^"]+"\\}\\}`;
  return {
    status,
    headers: {
      'content-type': expect.stringMatching(/^application\/(graphql-response\+)?json/),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: expect.stringMatching(new RegExp(`^\\{"errors":\\[${error}\\]\\}$`)),
  };
}

const post = (url: string, body: string, headers: Record<string, string>) =>
  exchange(url, { method: 'POST', headers: { 'content-length': Buffer.byteLength(body), ...headers }, body });

const get = (url: string, target: string, host = 'gateway.example') =>
  exchange(url, { target, headers: { host } });

const encoded = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString();

describe('the body of a POST', () => {
  it.each([
    ['a form', 'application/x-www-form-urlencoded', encoded({ query: RENAME })],
    ['an upload', 'multipart/form-data; boundary=x', `--x\r\n\r\n${RENAME}\r\n--x--`],
    ['plain text', 'text/plain', JSON.stringify({ query: RENAME })],
    ['a bare document', 'application/graphql', RENAME],
    ['a type that only begins like JSON', 'application/jsonx', JSON.stringify({ query: RENAME })],
    ['JSON of no stated type', '', JSON.stringify({ query: RENAME })],
  ])('is never %s', async (_what, type, body) => {
    const { gateway, upstream } = await openFrontDoor(everyCollection);
    const headers = type === '' ? {} : { 'content-type': type };
    expect(await post(gateway.url, body, headers)).toMatchObject(refusal(415));
    expect(upstream.requests).toEqual([]);
  });

  it.each(['application/json; charset=utf-8', 'application/json;charset=UTF-8'])(
    'may be %s',
    async (type) => {
      const { gateway } = await openFrontDoor(everyCollection);
      const { status } = await post(gateway.url, JSON.stringify({ query: READ }), { 'content-type': type });
      expect(status).toBe(200);
    },
  );

  it.each([
    ['broken', '{"query": "{ marker-in-body }'],
    ['empty', ''],
    ['no object', '"marker-in-body"'],
    ['null', 'null'],
    ['without a query', '{"variables": {"marker-in-body": 1}}'],
    ['with a query that is no text', '{"query": {"marker-in-body": 1}}'],
    ['with variables that are no object', '{"query": "{ __typename }", "variables": "marker-in-body"}'],
    ['with a name that is no text', '{"query": "{ __typename }", "operationName": ["marker-in-body"]}'],
  ])('that is %s is refused, and not shown again', async (_what, body) => {
    const { gateway } = await openFrontDoor(everyCollection);
    const answer = await post(gateway.url, body, JSON_TYPE);
    expect(answer).toMatchObject(refusal(400));
    expect(answer.body).not.toContain('marker-in-body"');
    expect(gateway.logLines.join('')).not.toContain('marker-in-body');
  });

  it('is refused when broken also where the client takes application/json alone', async () => {
    const { gateway } = await openFrontDoor(everyCollection);
    expect(await post(gateway.url, '{ "broken', { ...JSON_TYPE, accept: 'application/json' })).toMatchObject(
      refusal(400),
    );
  });

  it.each(['application/json', 'application/graphql-response+json', '*/*'])(
    'is never a batch (%s)',
    async (accept) => {
      const { gateway, upstream } = await openFrontDoor(everyCollection);
      expect(
        await post(gateway.url, JSON.stringify([{ query: READ }]), { ...JSON_TYPE, accept }),
      ).toMatchObject(refusal(400));
      expect(upstream.requests).toEqual([]);
    },
  );

  it('is never larger than MAX_BODY_BYTES, whether it says its length or not', async () => {
    const { gateway, upstream } = await openFrontDoor(everyCollection, { MAX_BODY_BYTES: '200' });
    const fits = JSON.stringify({ query: READ }).padEnd(200);
    const chunked = (body: string) => exchange(gateway.url, { method: 'POST', headers: JSON_TYPE, body });
    expect((await post(gateway.url, fits, JSON_TYPE)).status).toBe(200);
    expect((await chunked(fits)).status).toBe(200);
    upstream.requests.length = 0;
    expect(await post(gateway.url, `${fits} `, JSON_TYPE)).toMatchObject(refusal(413, 'LIMIT_EXCEEDED'));
    expect(await chunked(`${fits} `)).toMatchObject(refusal(413, 'LIMIT_EXCEEDED'));
    expect(upstream.requests).toEqual([]);
  });
});

describe('a GET', () => {
  it('answers a query', async () => {
    const { gateway } = await openFrontDoor(everyCollection);
    const answer = await get(gateway.url, `/graphql?${encoded({ query: READ, variables: '{}' })}`);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      200,
      { data: { collection: { name: 'Forest props' } } },
    ]);
  });

  it('never carries a mutation', async () => {
    const { gateway, upstream } = await openFrontDoor(everyCollection);
    const answer = await get(gateway.url, `/graphql?${encoded({ query: RENAME })}`);
    expect(answer).toMatchObject(refusal(405));
    expect(answer.headers.allow).toBe('POST');
    expect(upstream.requests).toEqual([]);
  });

  it.each([
    ['no query', ''],
    ['broken variables', encoded({ query: READ, variables: '{"marker' })],
    ['variables that are no object', encoded({ query: READ, variables: '1' })],
  ])('with %s is refused', async (_what, parameters) => {
    const { gateway } = await openFrontDoor(everyCollection);
    expect(await get(gateway.url, `/graphql?${parameters}`)).toMatchObject(refusal(400));
  });
});

describe('other requests', () => {
  it.each(['PUT', 'DELETE', 'PATCH'])('by %s are refused, and told what is allowed', async (method) => {
    const { gateway } = await openFrontDoor(everyCollection);
    const answer = await exchange(gateway.url, { method });
    expect(answer).toMatchObject(refusal(405));
    expect(answer.headers.allow).toBe('GET, POST');
  });

  it.each([
    '/graphqlx',
    '/graphql/graphql',
    '/metrics',
    '/anything?x=/livez',
    '/v1/collections',
    '//graphql',
    '/livez/',
  ])('for %s find nothing', async (target) => {
    const { gateway, upstream } = await openFrontDoor(everyCollection);
    expect(await get(gateway.url, target)).toMatchObject(refusal(404, 'NOT_FOUND'));
    expect(upstream.requests).toEqual([]);
  });

  it.each(['a b', 'gateway.example/x', ']', 'x@y', 'a:b', ''])('with "%s" are refused', async (host) => {
    const { gateway } = await openFrontDoor(everyCollection);
    expect(await get(gateway.url, `/graphql?${encoded({ query: READ })}`, host)).toMatchObject(refusal(400));
  });

  it.each([
    'gateway',
    'gateway.example:4000',
    'gateway.example:',
    '10.0.0.1:80',
    '[::1]:4000',
    'graphql_backend',
    'my_stack_gateway.1:4000',
  ])('with "%s" are served', async (host) => {
    const { gateway } = await openFrontDoor(everyCollection);
    expect((await get(gateway.url, `/graphql?${encoded({ query: READ })}`, host)).status).toBe(200);
  });

  it.each(['/livez', '/readyz', '/readyz?probe=1'])(
    'for %s are answered without the upstream',
    async (target) => {
      const { gateway, upstream } = await openFrontDoor(() => json({}, 500));
      const { status, headers } = await get(gateway.url, target);
      expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
      expect(upstream.requests).toEqual([]);
    },
  );
});

describe('a client that asks for another form of answer', () => {
  it.each(['text/html', 'text/event-stream', 'multipart/mixed', 'image/png'])(
    '(%s) gets JSON all the same, whole and never stored',
    async (accept) => {
      const { gateway } = await openFrontDoor(everyCollection);
      const body = JSON.stringify({ query: RENAME });
      expect(await post(gateway.url, body, { ...JSON_TYPE, accept })).toMatchObject({
        status: 200,
        body: '{"data":{"updateCollection":{"__typename":"UpdateCollectionPayload"}}}',
        headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      });
    },
  );
});

describe('every answer', () => {
  it('is never stored, and its type is never guessed', async () => {
    const { gateway } = await openFrontDoor(everyCollection);
    for (const document of [READ, RENAME, '{ broken', '{ unknown }', '{ collection(id: "..") { id } }']) {
      const { headers } = await queryGateway(gateway.url, document);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
    }
  });

  it.each([
    ['{ broken', {}, 'GRAPHQL_PARSE_FAILED'],
    ['{ unknown }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['query ($n: Int!) { collections(first: $n) { nodes { id } } }', { n: 'many' }, 'BAD_USER_INPUT'],
  ])('is a 400 where the document is at fault: %s', async (document, variables, code) => {
    const { gateway } = await openFrontDoor(everyCollection);
    const body = JSON.stringify({ query: document, variables });
    expect(await post(gateway.url, body, JSON_TYPE)).toMatchObject(refusal(400, code));
    expect(await post(gateway.url, body, { ...JSON_TYPE, accept: '*/*' })).toMatchObject(refusal(400, code));
  });
});
