import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { globalId, openFrontDoor } from '../support/front-door.ts';
import { json, type Reply, text } from '../support/scripted-upstream.ts';

const REFUSAL = `__typename
  ... on Error { message code }
  ... on InvalidInputError { issues { path message } }
  ... on NotFoundError { id }`;
// A union that lacks a type refuses a fragment on it, so create asks for less.
const CREATE_REFUSAL =
  '__typename ... on Error { message code } ... on InvalidInputError { issues { path message } }';

type Mutation = [field: string, document: string];
const onOne: readonly Mutation[] = [
  ['updateCollection', `mutation { updateCollection(input: { id: "col_1", name: "x" }) { ${REFUSAL} } }`],
  ['deleteCollection', `mutation { deleteCollection(input: { id: "col_1" }) { ${REFUSAL} } }`],
];
const members: readonly Mutation[] = [
  ...['addAssetsToCollection', 'removeAssetsFromCollection'].map(
    (field): Mutation => [
      field,
      `mutation { ${field}(input: { id: "col_1", assetIds: ["a"] }) { ${REFUSAL} } }`,
    ],
  ),
  ...['addModelsToCollection', 'removeModelsFromCollection'].map(
    (field): Mutation => [
      field,
      `mutation { ${field}(input: { id: "col_1", modelIds: ["m"] }) { ${REFUSAL} } }`,
    ],
  ),
];
const create: [string, string] = [
  'createCollection',
  `mutation { createCollection(input: { name: "x" }) { ${CREATE_REFUSAL} } }`,
];
const plain = [create, ...onOne];

const refused = (status: number, headers: Record<string, string> = {}): Reply =>
  json({ reason: 'Because of this.', name: 'Refused' }, status, headers);
const byApiGateway = json({ message: 'Forbidden' }, 403, { 'x-amzn-errortype': 'ForbiddenException' });

describe.each(plain)('%s', (field, document) => {
  test.each([400, 422])(
    'a %i is an InvalidInputError with the reason that the upstream gave',
    async (status) => {
      const { query, upstream } = await openFrontDoor(() => refused(status));
      const { body } = await query(document);
      const issue = { path: ['input'], message: 'Because of this.' };
      expect(body).toEqual({
        data: {
          [field]: {
            __typename: 'InvalidInputError',
            message: 'Because of this.',
            code: 'BAD_USER_INPUT',
            issues: [issue],
          },
        },
      });
      expect(upstream.requests).toHaveLength(1);
    },
  );

  test('a 409 is a ConflictError', async () => {
    const { query, upstream } = await openFrontDoor(() => refused(409));
    const { body } = await query(document);
    const conflict = { __typename: 'ConflictError', message: 'Because of this.', code: 'CONFLICT' };
    expect(body).toEqual({ data: { [field]: conflict } });
    expect(upstream.requests).toHaveLength(1);
  });
});

describe.each([...plain, ...members])('%s', (field, document) => {
  test.each([
    ['a 401', refused(401)],
    ['a 403 of the API gateway in front', byApiGateway],
  ])('%s is trouble of the operator, not of the caller', async (_what, reply) => {
    const { query, upstream } = await openFrontDoor(() => reply);
    const { status, body } = await query(document);
    expect(status).toBe(200);
    expect(body.data).toEqual({ [field]: null });
    expect(body.errors).toHaveLength(1);
    expect(body.errors?.[0]).toMatchObject({
      path: [field],
      extensions: { code: 'UPSTREAM_REJECTED', requestId: expect.any(String) },
    });
    expect(upstream.requests).toHaveLength(1);
  });
});

describe.each([...onOne, ...members])('%s', (field, document) => {
  test('a 404 is a NotFoundError with the global id', async () => {
    const { query } = await openFrontDoor(() => refused(404));
    const { body } = await query(document);
    expect(body.data).toMatchObject({
      [field]: { __typename: 'NotFoundError', code: 'NOT_FOUND', id: globalId('col_1') },
    });
    expect(body.errors).toBeUndefined();
  });
});

describe.each(members)('%s', (field, document) => {
  test.each([
    [400, 'BAD_USER_INPUT'],
    [403, 'FORBIDDEN'],
    [409, 'CONFLICT'],
    [422, 'BAD_USER_INPUT'],
  ])('a %i of everything is a report that nothing was applied', async (status, code) => {
    const { query } = await openFrontDoor(() => refused(status));
    const { body } = await query(document);
    expect(body).toEqual({
      data: { [field]: { __typename: 'PartiallyAppliedError', code, message: expect.stringMatching(/\S/) } },
    });
  });
});

describe.each(onOne)('%s', (field, document) => {
  test('a 403 of the service is FORBIDDEN for this object alone', async () => {
    const { query, upstream } = await openFrontDoor(() => refused(403));
    const { body } = await query(document);
    expect(body.data).toEqual({ [field]: null });
    expect(body.errors).toMatchObject([{ path: [field], extensions: { code: 'FORBIDDEN' } }]);
    expect(upstream.requests).toHaveLength(1);
  });
});

describe('reading one collection', () => {
  const READ = 'query ($id: ID!) { collection(id: "col_1") { id } node(id: $id) { id } }';
  const variables = { id: globalId('col_1') };

  test('that does not exist gives null and no error', async () => {
    const { query, wire } = await openFrontDoor(() => refused(404));
    const { body } = await query(READ, variables);
    expect(body).toEqual({ data: { collection: null, node: null } });
    expect(wire()).toEqual(['GET /v1/collections/col_1']);
  });

  test.each([
    ['a 400', refused(400), 'BAD_USER_INPUT'],
    ['a 401', refused(401), 'UPSTREAM_REJECTED'],
    ['a 403 of the service', refused(403), 'FORBIDDEN'],
    ['a 403 of the API gateway in front', byApiGateway, 'UPSTREAM_REJECTED'],
    ['a 429 without a time', refused(429), 'RATE_LIMITED'],
    ['a plan ceiling', json({ reason: 'x', details: { actionLimit: 5 } }, 429), 'QUOTA_EXCEEDED'],
    ['a plan ceiling by its code', json({ reason: 'x', code: 'QUOTA_EXCEEDED' }, 429), 'QUOTA_EXCEEDED'],
    ['a status that nobody expects', refused(418), 'UPSTREAM_BAD_RESPONSE'],
    ['a redirect', text('', 302, { location: 'http://127.0.0.1:1/' }), 'UPSTREAM_BAD_RESPONSE'],
  ])('%s has its code after one call', async (_what, reply, code) => {
    const { query, upstream } = await openFrontDoor(() => reply);
    const { status, body } = await query('{ collection(id: "col_1") { id } }');
    expect(status).toBe(200);
    expect(body.data).toEqual({ collection: null });
    expect(body.errors).toMatchObject([{ path: ['collection'], extensions: { code } }]);
    expect(upstream.requests).toHaveLength(1);
  });
});

async function reasonOf(reply: Reply): Promise<unknown> {
  const { query } = await openFrontDoor(() => reply);
  const { body } = await query(create[1]);
  return body.data?.['createCollection'];
}

describe('the reason that the upstream gives', () => {
  test.each(['reason', 'message', 'Message', 'error', 'apiError'])('is found as %s', async (key) => {
    expect(await reasonOf(json({ [key]: 'The words.' }, 400))).toMatchObject({ message: 'The words.' });
  });

  test.each([
    ['an empty body', text('', 400)],
    ['HTML', text('<html>nginx</html>', 400, { 'content-type': 'text/html' })],
    ['a list', json([1], 400)],
    ['a reason that is no text', json({ reason: { deep: 1 } }, 400)],
  ])('is replaced by words of the gateway for %s', async (_what, reply) => {
    const refusal = await reasonOf(reply);
    expect(refusal).toMatchObject({ __typename: 'InvalidInputError', message: expect.stringMatching(/\S/) });
    expect(JSON.stringify(refusal)).not.toMatch(/nginx|html|deep/);
  });

  test('is cut and cleaned', async () => {
    const reply = json({ reason: `a\r\nb\u0000c\u2028d\ud800e ${'x'.repeat(100_000)}` }, 400);
    const message = dig(await reasonOf(reply), 'message');
    expect(message).toMatch(/^a b c d e x+…$/);
    expect(String(message).length).toBeLessThan(400);
  });
});
