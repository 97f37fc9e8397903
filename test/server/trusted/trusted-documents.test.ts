import { describe, expect, it } from 'vitest';
import { codesOf, everyCollection, openFrontDoor } from '../../support/front-door.ts';
import type { GraphQLAnswer } from '../../support/gateway.ts';
import { folderWith, manifestOf, READ, RENAME, sha256 } from './document-folder.ts';

const UNKNOWN = sha256('something else');
const OTHER = '{ collection(id: "col_2") { id } }';
const NAMED = { data: { collection: { name: 'Forest props' } } };

type Mode = 'off' | 'report' | 'enforce';

/** A gateway that trusts two documents; `ask` sends a body as it is. */
async function openTrusting(mode: Mode, env: Record<string, string> = {}) {
  const { file } = await folderWith({ 'manifest.json': manifestOf([READ, RENAME], 'sha256:') });
  const trust = { TRUSTED_DOCUMENTS: file('manifest.json'), TRUSTED_DOCUMENTS_MODE: mode };
  const door = await openFrontDoor(everyCollection, { ...trust, ...env });
  const ask = (body: object): Promise<GraphQLAnswer> => door.query('', {}, { body: JSON.stringify(body) });
  return { ...door, ask };
}

const apollo = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } });

const WAYS: ReadonlyArray<readonly [string, (hash: string) => object]> = [
  ['documentId with a prefix', (hash) => ({ documentId: `sha256:${hash}` })],
  ['documentId that is bare', (hash) => ({ documentId: hash })],
  ['documentId in capitals', (hash) => ({ documentId: hash.toUpperCase() })],
  ["Apollo's persistedQuery", (hash) => ({ extensions: apollo(hash) })],
  [
    "Apollo's persistedQuery beside other extensions",
    (hash) => ({ extensions: { ...apollo(hash), clientLibrary: {} } }),
  ],
];

describe.each(['true', 'false'])('with FAST_PATH=%s', (FAST_PATH) => {
  describe.each<Mode>(['off', 'report', 'enforce'])('in mode %s, a request with', (mode) => {
    it.each(WAYS)('%s runs the document of that id', async (_way, name) => {
      const { ask, wire } = await openTrusting(mode, { FAST_PATH });
      expect((await ask(name(sha256(READ)))).body).toEqual(NAMED);
      expect((await ask(name(sha256(RENAME)))).body).toMatchObject({ data: { updateCollection: {} } });
      expect(wire()).toHaveLength(2);
    });

    it.each(WAYS)('%s is told when nobody knows it, without a call', async (_way, name) => {
      const { ask, wire } = await openTrusting(mode, { FAST_PATH });
      const answer = await ask(name(UNKNOWN));
      expect([answer.status, codesOf(answer)]).toEqual([200, ['PERSISTED_QUERY_NOT_FOUND']]);
      expect(answer.body.errors?.[0]?.message).toBe('PersistedQueryNotFound');
      expect(answer.body).not.toHaveProperty('data');
      expect(wire()).toEqual([]);
    });

    it.each([
      ['an id that is no text', { documentId: 1 }],
      ['both an id and a document', { documentId: sha256(READ), query: OTHER }],
      ['another version of persistedQuery', { extensions: apollo(sha256(READ), 2) }],
      ['a persistedQuery without a hash', { extensions: apollo(undefined) }],
      ['the hash of another document', { extensions: apollo(sha256(READ)), query: OTHER }],
      ['extensions that are no object', { extensions: 'x', query: READ }],
      ['neither an id nor a document', { variables: {} }],
      ['an id and variables that are no object', { documentId: sha256(READ), variables: 'x' }],
    ])('%s is refused, without a call', async (_what, body) => {
      const { ask, wire } = await openTrusting(mode, { FAST_PATH });
      const answer = await ask(body);
      expect([answer.status, codesOf(answer)]).toEqual([400, ['BAD_USER_INPUT']]);
      expect(wire()).toEqual([]);
    });

    it('a trusted document in full runs, with its hash or without', async () => {
      const { ask, gateway } = await openTrusting(mode, { FAST_PATH });
      expect((await ask({ query: READ })).body).toEqual(NAMED);
      expect((await ask({ query: READ, extensions: apollo(sha256(READ)) })).body).toEqual(NAMED);
      expect(gateway.logLines.join('')).not.toContain('not trusted');
    });
  });

  it('variables and the name of the operation go with an id', async () => {
    const both = 'query A($id: ID!) { collection(id: $id) { scenarioId } } query B { __typename }';
    const { file } = await folderWith({ 'm.json': manifestOf([both]) });
    const { query } = await openFrontDoor(everyCollection, {
      TRUSTED_DOCUMENTS: file('m.json'),
      FAST_PATH,
    });
    const body = { documentId: sha256(both), operationName: 'A', variables: { id: 'col_9' } };
    const answer = await query('', {}, { body: JSON.stringify(body) });
    expect(answer.body).toEqual({ data: { collection: { scenarioId: 'col_9' } } });
  });

  it.each([
    ['a query', { query: OTHER }],
    ['a mutation', { query: RENAME.replace('"x"', '"y"') }],
    ['a trusted one with a space more', { query: `${READ} ` }],
    ['one with its right hash', { query: OTHER, extensions: apollo(sha256(OTHER)) }],
    ['one that cannot even be parsed', { query: '{' }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
  ])('enforce refuses any other document, without a call: %s', async (_what, body) => {
    const { ask, wire } = await openTrusting('enforce', { FAST_PATH, GRAPHIQL: 'true' });
    const answer = await ask(body);
    expect([answer.status, codesOf(answer), answer.body.data]).toEqual([
      403,
      ['DOCUMENT_NOT_TRUSTED'],
      undefined,
    ]);
    expect(wire()).toEqual([]);
  });

  it('report runs any other document, and the log tells each hash once', async () => {
    const { ask, gateway, wire } = await openTrusting('report', { FAST_PATH });
    for (const query of [OTHER, OTHER, READ, RENAME]) expect((await ask({ query })).status).toBe(200);
    const reports = gateway.logLines.filter((line) => line.includes('not trusted'));
    expect(reports).toHaveLength(1);
    expect(reports[0]).toContain(sha256(OTHER));
    expect(reports[0]).not.toContain('col_2');
    expect(wire()).toHaveLength(4);
  });

  it('off runs any other document, and the log tells nothing of it', async () => {
    const { ask, gateway } = await openTrusting('off', { FAST_PATH });
    expect((await ask({ query: OTHER })).status).toBe(200);
    expect(gateway.logLines.join('')).not.toContain('not trusted');
  });

  it('what is trusted keeps to the limits all the same', async () => {
    const { ask } = await openTrusting('enforce', { FAST_PATH, MAX_QUERY_DEPTH: '1' });
    expect(codesOf(await ask({ documentId: sha256(READ) }))).toEqual(['LIMIT_EXCEEDED']);
  });

  it('where no document is trusted, every id is unknown', async () => {
    const { query } = await openFrontDoor(everyCollection, { FAST_PATH });
    const answer = await query('', {}, { body: JSON.stringify({ documentId: sha256(READ) }) });
    expect([answer.status, codesOf(answer)]).toEqual([200, ['PERSISTED_QUERY_NOT_FOUND']]);
  });

  it.each([
    ['application/json', 200],
    ['application/graphql-response+json', 400],
    ['application/graphql-response+json, application/json;q=0.9', 400],
  ])('an id that nobody knows is told to clients of %s with status %i', async (accept, status) => {
    const { query } = await openTrusting('report', { FAST_PATH });
    const answer = await query(
      '',
      {},
      { body: JSON.stringify({ documentId: UNKNOWN }), headers: { accept } },
    );
    expect([answer.status, codesOf(answer)]).toEqual([status, ['PERSISTED_QUERY_NOT_FOUND']]);
  });
});

/** Sends these parameters by GET. */
async function get(mode: Mode, parameters: Record<string, string>) {
  const { gateway, wire } = await openTrusting(mode);
  const response = await fetch(`${gateway.url}?${new URLSearchParams(parameters)}`);
  return { status: response.status, text: await response.text(), calls: wire().length };
}

describe('a GET', () => {
  it.each([
    ['documentId', { documentId: `sha256:${sha256(READ)}` }],
    ["Apollo's persistedQuery", { extensions: JSON.stringify(apollo(sha256(READ))) }],
  ])('may name a trusted query by %s', async (_way, parameters) => {
    expect(await get('enforce', parameters)).toEqual({ status: 200, text: JSON.stringify(NAMED), calls: 1 });
  });

  it('never carries a mutation, trusted or not', async () => {
    expect(await get('enforce', { documentId: sha256(RENAME) })).toMatchObject({ status: 405, calls: 0 });
  });

  it('is held to trusted documents as well', async () => {
    expect(await get('enforce', { query: OTHER })).toMatchObject({ status: 403, calls: 0 });
  });
});

it('who may not come in is not told which ids are known', async () => {
  const { ask } = await openTrusting('enforce', {
    AUTH_MODE: 'api-key',
    AUTH_API_KEYS: JSON.stringify([{ name: 'a', sha256: sha256('key'), scopes: [] }]),
  });
  for (const documentId of [sha256(READ), UNKNOWN])
    expect(codesOf(await ask({ documentId }))).toEqual(['UNAUTHENTICATED']);
});
