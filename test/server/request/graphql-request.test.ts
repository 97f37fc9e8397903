import { describe, expect, it } from 'vitest';
import { readGraphqlRequest } from '../../../src/server/request/graphql-request.ts';

const NOTHING = { query: null, documentId: null, operationName: null, variables: {}, extensions: {} };
const QUERY = '{ __typename }';
const REFUSED = { status: 400, code: 'BAD_USER_INPUT' };

const readJsonBody = (text: string) => readGraphqlRequest({ method: 'POST', text });
const readQueryString = (text: string) => readGraphqlRequest({ method: 'GET', text });
const read = (members: object) => readJsonBody(JSON.stringify(members));
const ask = (parameters: Record<string, string>) => `?${new URLSearchParams(parameters)}`;

/** What clients send that says no more than a plain request. */
const TOLERATED: ReadonlyArray<readonly [who: string, members: object]> = [
  ['react-relay-network-modern', { id: 'x', query: QUERY, variables: {} }],
  ['PHP clients without variables', { query: QUERY, variables: [] }],
  ['GraphiQL of old', { query: QUERY, variables: '', operationName: '' }],
  ['clients that write null', { query: QUERY, variables: null, operationName: null, extensions: null }],
  ['clients that name no document', { query: QUERY, documentId: '', extensions: [] }],
  ['Apollo Router', { query: QUERY, context: { a: 1 }, uri: '/', method: 'POST' }],
];

describe('the body of a POST', () => {
  it.each(TOLERATED)('is read as %s write it', (_who, members) => {
    expect(read(members)).toEqual({ ok: true, value: { ...NOTHING, query: QUERY } });
  });

  it('is read whole', () => {
    const members = {
      query: QUERY,
      documentId: 'sha256:1',
      operationName: 'A',
      variables: { a: [1] },
      extensions: { persistedQuery: { version: 1 } },
    };
    expect(read({ ...members, more: 1 })).toEqual({ ok: true, value: members });
  });

  it('may begin with a byte order mark, once', () => {
    expect(readJsonBody(`\ufeff{"query":"${QUERY}"}`)).toMatchObject({ ok: true, value: { query: QUERY } });
    expect(readJsonBody(`\ufeff\ufeff{"query":"${QUERY}"}`)).toMatchObject({ failure: REFUSED });
  });

  it('may lack everything: whether that is enough is for others to say', () => {
    expect(readJsonBody('{}')).toEqual({ ok: true, value: NOTHING });
  });

  it.each(['', ' ', '{', 'query', '{"query":"x"} {}', '\u00a0{}', "{'query':'x'}"])(
    'is never anything but JSON: %s',
    (body) => {
      expect(readJsonBody(body)).toMatchObject({ ok: false, failure: REFUSED });
    },
  );

  it.each(['null', '1', '"text"', 'true', '[]', '[{"query":"{ __typename }"}]'])(
    'is never anything but one object: %s',
    (body) => {
      expect(readJsonBody(body)).toMatchObject({ ok: false, failure: REFUSED });
    },
  );

  it.each([
    ['query', 1],
    ['query', ['{ __typename }']],
    ['documentId', {}],
    ['operationName', 0],
    ['operationName', false],
    ['variables', '{"a":1}'],
    ['variables', [1]],
    ['variables', 0],
    ['variables', false],
    ['extensions', 'x'],
    ['extensions', [[]]],
  ])('never has a %s of another type: %j', (name, value) => {
    const result = read({ query: QUERY, [name]: value });
    expect(result).toMatchObject({ failure: { ...REFUSED, message: expect.stringContaining(`"${name}"`) } });
  });
});

describe('the query string of a GET', () => {
  it('is read like a body', () => {
    const target = ask({
      query: QUERY,
      operationName: 'A',
      documentId: 'b',
      variables: '{"a":1}',
      extensions: '{"b":2}',
      more: 'x',
    });
    expect(readQueryString(target)).toEqual({
      ok: true,
      value: { query: QUERY, operationName: 'A', documentId: 'b', variables: { a: 1 }, extensions: { b: 2 } },
    });
  });

  it.each(['', 'null', '[]', '{}', '""'])(
    'may say in each way that there are no variables: "%s"',
    (variables) => {
      const target = ask({ query: QUERY, variables, operationName: '', extensions: variables });
      expect(readQueryString(target)).toEqual({ ok: true, value: { ...NOTHING, query: QUERY } });
    },
  );

  it('may be absent', () => {
    expect(readQueryString('')).toEqual({ ok: true, value: NOTHING });
  });

  it.each(['{', '[1]', '1', '"x"', '%zz', ' '])('never has variables that are no object: %s', (variables) => {
    const result = readQueryString(ask({ query: QUERY, variables }));
    expect(result).toMatchObject({ failure: { ...REFUSED, message: expect.stringContaining('variables') } });
  });

  it.each(['query', 'operationName', 'documentId', 'variables', 'extensions'])(
    'never has two of %s',
    (name) => {
      const result = readQueryString(`?${name}=&query=x&${name}=`);
      expect(result).toMatchObject({
        failure: { ...REFUSED, message: expect.stringContaining(`"${name}"`) },
      });
    },
  );
});
