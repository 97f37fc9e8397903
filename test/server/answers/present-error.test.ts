import { GraphQLError, Source } from 'graphql';
import { describe, expect, test } from 'vitest';
import { presentError } from '../../../src/server/answers/present-error.ts';
import { RefusalError } from '../../../src/server/edge/refusal.ts';
import { GatewayError } from '../../../src/shared/gateway-error.ts';

const JSON_TYPE = { name: 'application/json', wantsLegacyStatus: false } as const;
const LEGACY = { name: 'application/json', wantsLegacyStatus: true } as const;
const present = (error: GraphQLError, mediaType: typeof JSON_TYPE | typeof LEGACY = JSON_TYPE) =>
  presentError(error, 'request-1', mediaType);
const around = (originalError: Error) => new GraphQLError('outer', { originalError, path: ['a', 0] });

test('an error that was meant for the client is shown with its code, its hints and its place, however deep it lies', () => {
  const cause = new Error('secret');
  const gatewayError = new GatewayError(
    'OVERLOADED',
    'Later.',
    { retryable: true, retryAfterMs: 50 },
    { cause },
  );
  for (const error of [around(gatewayError), around(around(gatewayError))])
    expect(present(error)).toEqual({
      shown: {
        message: 'Later.',
        path: ['a', 0],
        extensions: { code: 'OVERLOADED', requestId: 'request-1', retryable: true, retryAfterMs: 50 },
      },
      code: 'OVERLOADED',
      status: 200,
      retryAfterMs: 50,
      cause,
    });
});

test('a refusal brings its status and its headers, and when to come back', () => {
  const headers = { 'www-authenticate': 'Bearer' };
  const refusal = {
    status: 429,
    code: 'RATE_LIMITED',
    message: 'Wait.',
    headers,
    retryAfterMs: 900,
  } as const;
  expect(present(around(new RefusalError(refusal)))).toEqual({
    shown: {
      message: 'Wait.',
      path: ['a', 0],
      extensions: { code: 'RATE_LIMITED', requestId: 'request-1', retryable: true, retryAfterMs: 900 },
    },
    code: 'RATE_LIMITED',
    status: 429,
    headers,
    retryAfterMs: 900,
  });
});

test('of anything else nothing is shown: it is for the log', () => {
  const broken = new TypeError('cannot read /etc/secret');
  const { shown, ...rest } = present(around(broken));
  expect(rest).toEqual({ code: 'INTERNAL_SERVER_ERROR', status: 500, cause: broken });
  expect(JSON.stringify(shown)).not.toContain('secret');
  expect(shown.message).toContain('operator');
  expect(shown.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: 'request-1' });
});

const refused = (extensions: Record<string, unknown>) => new GraphQLError('No such field.', { extensions });

describe('what graphql-js or yoga refuse', () => {
  test.each<[what: string, extensions: Record<string, unknown>, status: number, legacy: number]>([
    ['has status 400 where none is given, and 200 for clients of old', {}, 400, 200],
    ['has the status that is given', { http: { status: 413 } }, 413, 413],
    [
      'has 200 for clients of old where the specification has it',
      { http: { status: 400, spec: true } },
      400,
      200,
    ],
    ['has its status for all where the request itself is bad', { code: 'BAD_REQUEST' }, 400, 400],
    ['has status 400 where another is no number', { http: { status: '500', spec: true } }, 400, 200],
    ['has status 400 where nothing is said', { http: null }, 400, 200],
    ['has status 400 where what is said is no object', { http: 'no' }, 400, 200],
  ])('%s', (_what, extensions, status, legacy) => {
    const error = refused(extensions);
    expect([present(error).status, present(error, LEGACY).status]).toEqual([status, legacy]);
  });

  test.each([
    ['tells which methods are allowed', { Allow: 'POST', 'X-Other': 'x' }, { allow: 'POST' }],
    ['brings no other header', { 'X-Other': 'x' }, {}],
    ['brings none where there are none', null, {}],
    ['brings none where they are no object', 'Allow', {}],
  ])('%s', (_what, headers, shown) => {
    expect(present(refused({ http: { status: 405, headers } })).headers).toEqual(shown);
  });

  test.each([
    ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_PARSE_FAILED'],
    [undefined, 'BAD_USER_INPUT'],
  ])('has the code %s as %s', (code, shown) => {
    expect(present(refused({ code })).shown.extensions).toEqual({ code: shown, requestId: 'request-1' });
  });

  test.each([
    [1_000, 'x'.repeat(1_000)],
    [1_001, `${'x'.repeat(1_000)}…`],
  ])('is cut where it is longer than 1,000 characters: %i', (length, message) => {
    expect(present(new GraphQLError('x'.repeat(length))).shown.message).toBe(message);
  });

  test('has a place only where it is known', () => {
    const source = new Source('{ a }');
    expect(present(new GraphQLError('No.')).shown).not.toHaveProperty('locations');
    expect(present(new GraphQLError('No.')).shown).not.toHaveProperty('path');
    expect(present(new GraphQLError('No.', { source, positions: [2] })).shown.locations).toEqual([
      { line: 1, column: 3 },
    ]);
  });
});
