import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { createCursorCodecs, ROOT_LIST } from '../../src/scenario/cursor.ts';
import { globalId } from '../support/front-door.ts';
import { KEY, SECRET } from '../support/gateway.ts';
import type { Draw } from './draw.ts';
import type { LaneRequest } from './lane-pair.ts';
import { type RandomDocument, randomDocument } from './random-document.ts';
import { BAD_IDS, GOOD_IDS } from './scripted-fates.ts';

const CURSORS = createCursorCodecs(SECRET, ['collections', KEY, ''])(ROOT_LIST);
const CURSOR = CURSORS.encode({
  part: 0,
  token: '1',
  pageSize: 10,
  passed: [],
  isInside: false,
  before: null,
});
const IDS = [...GOOD_IDS, ...GOOD_IDS, ...BAD_IDS, 'no id!', '', 7];

const pool = (place: string): ReadonlyArray<string | number> => {
  if (place === 'first') return [10, 1, 3, 0, 7, 100, 150, 250, 500, 501, -1];
  if (place === 'width') return [256, 16, 2048, 15, 1_000_000];
  if (place === 'after') return [CURSOR, CURSOR, 'no cursor', ''];
  if (place === 'name') return ['Props', 'Ünï 🙂 "quoted"', ...BAD_IDS, ' ', 'two\nlines'];
  if (place === 'idempotencyKey') return ['key-1', 'key-2', 'key-3', 'no key', ''];
  if (place === 'ids' || place === 'id') return [...IDS, ...GOOD_IDS.map(globalId), ...BAD_IDS.map(globalId)];
  return IDS;
};

/** Documents that are never, or seldom, written at random. */
export const FIXED_DOCUMENTS = [
  '{ __typename }',
  'query Op { a: __typename b: __typename }',
  '{ __schema { queryType { name } } }',
  'query IntrospectionQuery { __type(name: "Collection") { fields { name type { name } } } }',
  '{ collection(id: "col_1") { id } __typename }',
  'query Op { collection(id: "col_1") { id } } query Other { __typename }',
  'fragment F on Query { __typename }',
  'subscription { collections { nodes { id } } }',
  'mutation { nothing }',
  '{ collection(id: "col_1") { nmae } }',
  '{ collection { id } }',
  '{ colection(id: "col_1") { id } }',
  '{ collection(id: "col_1") { id }',
  '{ collection(id: "col_1") { id } } }',
  '# only a comment',
  '',
  ' ',
  '\uFEFF{ collection(id: "col_1") { id } }',
  'type Query { a: Int }',
  'query ($id: ID!) { collection(id: $id) { id ...F } } fragment F on Collection { ...F }',
  'query ($id: ID!, $unused: Int) { collection(id: $id) { id } }',
  'query ($id: Nothing!) { collection(id: $id) { id } }',
  'query ($v0: ID!) { collection(id: $v0) { id @include(if: true) } }',
  `{ ${Array.from({ length: 31 }, (_, index) => `a${index}: collection(id: "col_1") { id }`).join(' ')} }`,
  `{ ${Array.from({ length: 20 }, (_, index) => `a${index}: collection(id: "col_${index}") { id }`).join(' ')} }`,
  `{ ${Array.from({ length: 20 }, (_, index) => `a${index}: collections(first: ${index + 100}) { nodes { id } }`).join(' ')} }`,
  `{ ${'a '.repeat(1_001)} }`,
  `{ collection(id: "${'x'.repeat(9_000)}") { id } }`,
  `{${' collections { nodes {'.repeat(6)} id ${'} }'.repeat(6)} }`,
  'mutation { addAssetsToCollection(input: { id: "col_1", assetIds: ["a", "a", "b"] }) { __typename } }',
  `mutation { addAssetsToCollection(input: { id: "col_1", assetIds: [${Array.from({ length: 60 }, (_, index) => `"a${index}"`).join(' ')}, "refused_409"] }) {
    __typename ... on Error { message code } ... on PartiallyAppliedError { appliedIds failedIds unknownIds notAttemptedIds latestCollection { name } failures { id code message } } } }`,
];

const ACCEPTS = [
  'application/json',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json;q=0.9',
  '*/*',
  'text/html',
  'text/event-stream',
  'multipart/mixed',
  'application/json; charset=utf-8',
];
const CONTENT_TYPES = [
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'application/json;charset=latin1',
  'application/json, text/plain',
  'application/graphql',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  '',
];

function fixedDocument(text: string): RandomDocument {
  return { text, isMutation: false, variables: {}, operationName: null, traits: new Set() };
}

/** A document, sent in some ways. */
export function randomDocumentToSend(schema: GraphQLSchema, draw: Draw): RandomDocument {
  const { chance, pick, upTo } = draw;
  if (chance(15)) return fixedDocument(pick(FIXED_DOCUMENTS));
  const options = { pool, oddities: chance(10) ? 10 : 0, waits: chance(10) ? 10 : 0, repeatsMutations: true };
  const document = randomDocument(schema, draw, options);
  if (!chance(10)) return document;
  const place = upTo(document.text.length);
  const text =
    document.text.slice(0, place) + pick(['', ' ', 'x', '}', '"', '$', '!']) + document.text.slice(place + 1);
  return { ...document, text };
}

/** One way to send a document. @param tokens to authenticate with */
export function randomRequest(document: RandomDocument, draw: Draw, tokens: readonly string[]): LaneRequest {
  const { chance, pick } = draw;
  if (chance(60)) return plainRequest(document, draw, tokens);
  const headers: Record<string, string> = {
    'content-type': chance(5) ? pick(CONTENT_TYPES) : 'application/json',
  };
  if (chance(60)) headers['accept'] = pick(ACCEPTS);
  if (chance(10)) headers['x-deadline-ms'] = pick(['5000', 'soon', '-1', '1e3', '99999999999']);
  if (chance(10)) headers['origin'] = pick(['https://app.example', 'https://other.example']);
  if (tokens.length > 0 && !chance(2)) headers['authorization'] = `Bearer ${pick(tokens)}`;
  const params = randomParameters(document, draw);
  if (chance(8)) return { method: 'GET', search: searchOf(params), headers, body: null };
  if (chance(1))
    return { method: pick(['PUT', 'DELETE', 'OPTIONS', 'PATCH']), search: '', headers, body: null };
  const search = chance(3) ? '?query={__typename}&operationName=No&x=%00' : '';
  return { method: 'POST', search, headers, body: randomBody(params, draw) };
}

function plainRequest(document: RandomDocument, draw: Draw, tokens: readonly string[]): LaneRequest {
  const { text: query, variables, operationName } = document;
  const headers: Record<string, string> = { 'content-type': 'application/json', accept: draw.pick(ACCEPTS) };
  if (tokens.length > 0) headers['authorization'] = `Bearer ${draw.pick(tokens)}`;
  const params = draw.chance(50) ? { operationName, variables, query } : { query, variables };
  return { method: 'POST', search: '', headers, body: Buffer.from(JSON.stringify(params)) };
}

function randomParameters(document: RandomDocument, draw: Draw): Record<string, unknown> {
  const { chance, pick } = draw;
  const { text, variables, operationName } = document;
  const params: Record<string, unknown> = { query: text };
  if (Object.keys(variables).length > 0 || chance(50)) params['variables'] = variables;
  if (operationName !== null) params['operationName'] = operationName;
  if (chance(8))
    params['variables'] = pick([
      null,
      [],
      'text',
      7,
      { v0: null },
      { v0: 'col_1', unknown: 1 },
      { v0: {} },
      { __proto__: null },
    ]);
  if (chance(8))
    params['operationName'] = pick([null, '', 'Op', 'Other', 'wrong', 7, true, ['Op'], 'toString']);
  if (chance(3)) params['query'] = pick([null, 7, [text], {}, true]);
  if (chance(8))
    params['extensions'] = pick([
      null,
      {},
      [],
      'text',
      7,
      { a: [1] },
      persisted(text),
      persisted('x'),
      { persistedQuery: 1 },
    ]);
  if (chance(4))
    params[pick(['extra', 'id', 'documentId', '__proto__x', 'Query'])] = pick([null, 1, 'text', {}, []]);
  if (chance(4)) {
    delete params['query'];
    params['documentId'] = pick([`sha256:${sha256(text)}`, 'sha256:00', '']);
  }
  return params;
}

function randomBody(params: Record<string, unknown>, draw: Draw): Uint8Array {
  const { chance, pick } = draw;
  const text = JSON.stringify(params);
  if (!chance(10)) return Buffer.from(text);
  return pick<() => Uint8Array>([
    () => Buffer.from(`[${text}]`),
    () => Buffer.from(pick(['null', '7', '"text"', 'true', '[]', '{}', '', ' '])),
    () => Buffer.from(text.slice(0, -1)),
    () => Buffer.from(`${text},`),
    () => Buffer.from(`\uFEFF${text}`),
    () => Buffer.from(`  ${text}\r\n`),
    () => Buffer.from(`${text.slice(0, -1)},"query":"{ __typename }"}`),
    () => Buffer.from(`${text.slice(0, -1)},"variables":{}}`),
    () => Buffer.from(`${text.slice(0, -1)},"__proto__":{"query":"{ __typename }"}}`),
    () => Buffer.from(`${text.slice(0, -1)},"constructor":1}`),
    () => Buffer.from(`${text.slice(0, -1)},"variables":{"__proto__":{"v0":"col_1"}}}`),
    () => Buffer.from(text + ' '.repeat(110_000)),
    () => Buffer.concat([Buffer.from(text.slice(0, 12)), Buffer.from([0xff]), Buffer.from(text.slice(12))]),
    () => Buffer.from(text.replaceAll(/[a-z]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)),
  ])();
}

function searchOf(params: Record<string, unknown>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return `?${search}`;
}

function persisted(text: string) {
  return { persistedQuery: { version: 1, sha256Hash: sha256(text) } };
}

/** The id of a document, without what says how it was made. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
