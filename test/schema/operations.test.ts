import { describe, expect, test } from 'vitest';
import { globalId, oneCollection, openFrontDoor } from '../support/front-door.ts';
import { KEY, SECRET } from '../support/gateway.ts';
import { json, type Reply } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

const WHOLE = `fragment Whole on Collection {
  id scenarioId name ownerId assetCount modelCount itemCount thumbnail { assetId url } createdAt updatedAt
}`;
const GLOBAL_ID = globalId('col_1');
const COLLECTION = {
  id: GLOBAL_ID,
  scenarioId: 'col_1',
  name: 'Forest props',
  ownerId: 'dcf121faaa1a0a0bbbd9ca1b73d62aea',
  assetCount: 3,
  modelCount: 1,
  itemCount: 4,
  thumbnail: { assetId: 'asset_1', url: 'https://cdn.example.com/a.png?Signature=a~b&Expires=1' },
  createdAt: '2023-02-03T11:19:41.579Z',
  updatedAt: '2023-02-03T11:19:41.579Z',
};

interface Operation {
  readonly name: string;
  readonly document: string;
  readonly variables: object;
  readonly reply: Reply;
  readonly method: string;
  readonly target: string;
  readonly body: string;
  readonly data: object;
}

const read: readonly Operation[] = [
  {
    name: 'list',
    document: `${WHOLE} { collections(first: 25) { nodes { ...Whole } edges { node { name } } } }`,
    variables: {},
    reply: json({ collections: [wireCollection()] }),
    method: 'GET',
    target: '/v1/collections?pageSize=25',
    body: '',
    data: { collections: { nodes: [COLLECTION], edges: [{ node: { name: 'Forest props' } }] } },
  },
  {
    name: 'retrieve',
    document: `${WHOLE} query ($id: ID!) { collection(id: $id) { ...Whole } }`,
    variables: { id: 'col_1' },
    reply: oneCollection(),
    method: 'GET',
    target: '/v1/collections/col_1',
    body: '',
    data: { collection: COLLECTION },
  },
];

const written: readonly Operation[] = [
  {
    name: 'create',
    document: `${WHOLE} mutation ($name: String!) { createCollection(input: { name: $name }) {
      __typename ... on CreateCollectionPayload { collection { ...Whole } } } }`,
    variables: { name: 'Ünïcode "quoted" 🌲 \u05d0\u05d1' },
    reply: oneCollection(),
    method: 'POST',
    target: '/v1/collections',
    body: '{"name":"Ünïcode \\"quoted\\" 🌲 \u05d0\u05d1"}',
    data: { createCollection: { __typename: 'CreateCollectionPayload', collection: COLLECTION } },
  },
  {
    name: 'update',
    document: `${WHOLE} mutation ($id: ID!) { updateCollection(input: { id: $id, name: "New" }) {
      __typename ... on UpdateCollectionPayload { collection { ...Whole } } } }`,
    variables: { id: 'col_1' },
    reply: oneCollection(),
    method: 'PUT',
    target: '/v1/collections/col_1',
    body: '{"name":"New"}',
    data: { updateCollection: { __typename: 'UpdateCollectionPayload', collection: COLLECTION } },
  },
  {
    name: 'delete',
    document: `mutation ($id: ID!) { deleteCollection(input: { id: $id }) {
      __typename ... on DeleteCollectionPayload { deletedCollectionId } } }`,
    variables: { id: 'col_1' },
    reply: json({}),
    method: 'DELETE',
    target: '/v1/collections/col_1',
    body: '',
    data: { deleteCollection: { __typename: 'DeleteCollectionPayload', deletedCollectionId: GLOBAL_ID } },
  },
  ...(['Assets', 'Models'] as const).flatMap((kind) => [
    membership('add', 'To', kind, 'PUT'),
    membership('remove', 'From', kind, 'DELETE'),
  ]),
];

function membership(verb: string, link: string, kind: 'Assets' | 'Models', method: string): Operation {
  const field = `${verb}${kind}${link}Collection`;
  const payload = `${field.charAt(0).toUpperCase()}${field.slice(1)}Payload`;
  const key = kind === 'Assets' ? 'assetIds' : 'modelIds';
  return {
    name: field,
    document: `${WHOLE} mutation ($id: ID!, $ids: [ID!]!) { ${field}(input: { id: $id, ${key}: $ids }) {
      __typename ... on ${payload} { collection { ...Whole } ${key} } } }`,
    variables: { id: 'col_1', ids: ['b-2', 'model_uthana-text-to-motion-3.0'] },
    reply: oneCollection(),
    method,
    target: `/v1/collections/col_1/${kind.toLowerCase()}`,
    body: `{"${key}":["b-2","model_uthana-text-to-motion-3.0"]}`,
    data: {
      [field]: {
        __typename: payload,
        collection: COLLECTION,
        [key]: ['b-2', 'model_uthana-text-to-motion-3.0'],
      },
    },
  };
}

const operations = [...read, ...written];

function contentHeaders(body: string) {
  return { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
}

describe.each(operations)('$name', ({ document, variables, reply, method, target, body, data }) => {
  test('sends what the reference says and answers with what came back', async () => {
    const { query, upstream } = await openFrontDoor(() => reply);
    const answer = await query(document, variables, { headers: { 'x-request-id': 'trace-1' } });
    expect(answer.body).toEqual({ data });
    expect(answer.status).toBe(200);
    expect(upstream.requests).toHaveLength(1);
    expect(upstream.requests[0]).toMatchObject({ method, target, body });
    const headers = upstream.requests[0]?.headers ?? new Map<string, string>();
    expect(Object.fromEntries(headers)).toEqual({
      host: `127.0.0.1:${upstream.port}`,
      connection: expect.stringMatching(/^(keep-alive|close)$/),
      accept: 'application/json',
      'accept-encoding': 'identity',
      authorization: `Basic ${btoa(`${KEY}:${SECRET}`)}`,
      'user-agent': 'scenario-collections-gateway',
      'x-request-id': 'trace-1',
      ...(body === '' ? {} : contentHeaders(body)),
    });
  });

  test('names the project when one is set', async () => {
    const { query, upstream } = await openFrontDoor(() => reply, { SCENARIO_PROJECT_ID: 'proj 1&é' });
    await query(document, variables);
    const join = target.includes('?') ? '&' : '?';
    expect(upstream.requests.map((request) => request.target)).toEqual([
      `${target}${join}projectId=proj%201%26%C3%A9`,
    ]);
  });
});

test.each(operations.filter(({ variables }) => 'id' in variables))(
  '$name takes the global id as well as the Scenario id',
  async ({ document, variables, reply, target, data }) => {
    const { query, upstream } = await openFrontDoor(() => reply);
    const answer = await query(document, { ...variables, id: GLOBAL_ID });
    expect(answer.body).toEqual({ data });
    expect(upstream.requests.map((request) => request.target)).toEqual([target]);
  },
);

test('a collection can be fetched again by its global id, alone and among others', async () => {
  const { query, wire } = await openFrontDoor(() => oneCollection());
  const document = `${WHOLE} query ($id: ID!) { node(id: $id) { __typename id ...Whole } nodes(ids: [$id]) { id } }`;
  const { body } = await query(document, { id: GLOBAL_ID });
  expect(body).toEqual({
    data: { node: { __typename: 'Collection', ...COLLECTION }, nodes: [{ id: GLOBAL_ID }] },
  });
  expect(wire()).toEqual(['GET /v1/collections/col_1']);
});
