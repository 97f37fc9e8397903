import { describe, expect, it } from 'vitest';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';
import { exchange } from './wire-exchange.ts';

const READ = JSON.stringify({ query: '{ collection(id: "col_1") { name } }' });
const BROKEN = JSON.stringify({ query: '{ broken' });
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function ask(given: string | undefined, body = READ) {
  const { gateway, upstream } = await openFrontDoor(everyCollection);
  const headers = {
    'content-type': 'application/json',
    ...(given === undefined ? {} : { 'x-request-id': given }),
  };
  const answer = await exchange(gateway.url, { method: 'POST', headers, body });
  await expect.poll(() => gateway.logLines).toHaveLength(1);
  return {
    returned: answer.headers['x-request-id'],
    inBody: answer.body,
    sent: upstream.requests.map((request) => request.headers.get('x-request-id')),
    logged: gateway.logLines.map((line): unknown => JSON.parse(line).requestId),
  };
}

describe('x-request-id', () => {
  it.each([
    'a',
    'Root=1-67891233-abcdef012345678912345678',
    '7b0f1f8e-1b0c-4a7e-9f5e-0a1b2c3d4e5f',
    'x'.repeat(128),
  ])('is taken over, sent upstream, logged and returned: %s', async (given) => {
    const { returned, sent, logged } = await ask(given);
    expect([returned, sent, logged]).toEqual([given, [given], [given]]);
  });

  it.each([undefined, '', 'with space', 'x'.repeat(129), '{"log":"injection"}', 'a,b', '<script>', 'é'])(
    'is made where there is none that is sane: %s',
    async (given) => {
      const { returned, sent, logged } = await ask(given);
      expect(returned).toMatch(UUID);
      expect([sent, logged]).toEqual([[returned], [returned]]);
    },
  );

  it('stands in every error', async () => {
    const { inBody, logged } = await ask('given-by-caller', BROKEN);
    expect(JSON.parse(inBody)).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED', requestId: 'given-by-caller' } }],
    });
    expect(logged).toEqual(['given-by-caller']);
  });

  it('differs from request to request', async () => {
    const [first, second] = [await ask(undefined), await ask(undefined)];
    expect(first.returned).not.toBe(second.returned);
  });
});

it('no header of the caller reaches the upstream', async () => {
  const { gateway, upstream } = await openFrontDoor(everyCollection);
  const headers = {
    'content-type': 'application/json',
    authorization: 'Bearer from-the-caller',
    cookie: 'session=from-the-caller',
    'x-forwarded-for': 'from-the-caller',
    traceparent: 'from-the-caller',
  };
  await exchange(gateway.url, { method: 'POST', headers, body: READ });
  expect(JSON.stringify([...(upstream.requests[0]?.headers ?? [])])).not.toContain('from-the-caller');
});
