import { GraphQLError } from 'graphql';
import { describe, expect, test, vi } from 'vitest';
import { encodeResult } from '../../../src/server/answers/encode-result.ts';
import { RefusalError } from '../../../src/server/edge/refusal.ts';
import { WaitingAnswers } from '../../../src/server/edge/waiting-answers.ts';
import type { Operation } from '../../../src/server/request/operation.ts';
import { GatewayError } from '../../../src/shared/gateway-error.ts';
import { scopeOf } from '../../http/calls.ts';
import { openOperation } from './open-operation.ts';

const MAX_BYTES = 1_000;

type Result = Parameters<typeof encodeResult>[0];

/** Writes results of at most 1,000 bytes. */
function openEncoder(maxAnswerBytes = MAX_BYTES) {
  const warn = vi.fn<(facts: object, text: string) => void>();
  const logger = { debug: () => {}, info: () => {}, warn, error: () => {} };
  const waiting = new WaitingAnswers(1_000_000, logger);
  const room = vi.spyOn(waiting, 'room');
  const encode = async (result: Result, operation: Operation = openOperation()) => {
    const answer = await encodeResult(result, operation, { logger, maxAnswerBytes, waiting });
    return { ...answer, json: JSON.parse(answer.body) };
  };
  return { encode, warn, room };
}

const failing = (...path: ReadonlyArray<string | number>) =>
  new GraphQLError('outer', {
    path,
    originalError: new GatewayError('OVERLOADED', path.join('.'), { retryAfterMs: 1_000 * path.length }),
  });

describe('an answer', () => {
  test('without an error is its data, in the form that is asked for', async () => {
    const { encode } = openEncoder();
    expect(await encode({ data: { a: 1 } })).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"data":{"a":1}}',
      errorCodes: [],
    });
  });

  test('with errors of fields has them in its order, those of fields that have data too, and the longest wait', async () => {
    const { encode } = openEncoder();
    const operation = openOperation({ partialErrors: [failing('b', 'c')] });
    const answer = await encode({ data: { b: { c: 1 }, a: null }, errors: [failing('a')] }, operation);
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'retry-after': '2', 'content-type': 'application/json; charset=utf-8' },
      errorCodes: ['OVERLOADED', 'OVERLOADED'],
    });
    expect(answer.json.errors.map(({ message }: { message: string }) => message)).toEqual(['b.c', 'a']);
    expect(answer.json.data).toEqual({ b: { c: 1 }, a: null });
  });

  test('without data has the worst status of its errors', async () => {
    const { encode } = openEncoder();
    const errors = [413, 400].map((status) => new GraphQLError('No.', { extensions: { http: { status } } }));
    const { status, json, headers } = await encode({ errors });
    expect([status, 'data' in json, 'retry-after' in headers]).toEqual([413, false, false]);
    expect((await encode({ data: null, errors })).status).toBe(200);
  });

  test('brings the headers of a refusal', async () => {
    const { encode } = openEncoder();
    const headers = { 'www-authenticate': 'Bearer' };
    const refusal = new RefusalError({ status: 401, code: 'UNAUTHENTICATED', message: 'Who?', headers });
    const answer = await encode({ errors: [new GraphQLError('outer', { originalError: refusal })] });
    expect([answer.status, answer.headers]).toMatchObject([401, headers]);
  });

  test('tells the log what must not be shown, and nothing of what may', async () => {
    const { encode, warn } = openEncoder();
    const broken = new Error('broken');
    const failure = { kind: 'unreachable' };
    const errors = [
      new GraphQLError('a', { originalError: broken }),
      new GraphQLError('b', { originalError: new GatewayError('OVERLOADED', 'b', {}, { cause: failure }) }),
      failing('c'),
    ];
    await encode({ data: { a: null, b: null, c: null }, errors });
    expect(warn.mock.calls).toEqual([
      [{ requestId: 'request-1', code: 'INTERNAL_SERVER_ERROR', err: broken }, 'a field failed'],
      [{ requestId: 'request-1', code: 'OVERLOADED', failure }, 'a field failed'],
    ]);
  });
});

describe('what an answer says beside its data', () => {
  const scope = scopeOf();
  Object.assign(scope.tally, { attempts: 4, retries: 1, shared: 2, cached: 5 });

  test.each<[what: string, parts: Partial<Operation>, extensions: unknown]>([
    ['nothing', {}, undefined],
    [
      'what it cost, where that is asked for',
      { showsCost: true, scope },
      { cost: { upstreamCalls: 4, retries: 1, shared: 2, cached: 5, planned: 3 } },
    ],
    [
      'how old it is, where it is stale',
      { scope: { ...scope, tally: { ...scope.tally, stale: 1, staleAgeMs: 70 } } },
      { stale: { ageMs: 70 } },
    ],
  ])('%s', async (_what, parts, extensions) => {
    const { encode } = openEncoder();
    expect((await encode({ data: {} }, openOperation(parts))).json.extensions).toEqual(extensions);
  });
});

const text = (length: number) => ({ a: 'x'.repeat(length) });
const AROUND = JSON.stringify({ data: { a: '' } }).length;
const write = (collectionId: string, endpoint = 'collections.update') => ({
  endpoint,
  collectionId,
  startedAt: new Date('2026-01-01'),
});
const shown = (...parts: Parameters<typeof write>) => ({
  ...write(...parts),
  startedAt: '2026-01-01T00:00:00.000Z',
});

describe('an answer that is too large', () => {
  test.each([
    ['just fits', text(MAX_BYTES - AROUND), []],
    ['is a byte too long', text(MAX_BYTES - AROUND + 1), ['LIMIT_EXCEEDED']],
    ['has too many bytes, though not characters', { a: '漢'.repeat(400) }, ['LIMIT_EXCEEDED']],
    ['is many times too large', text(100 * MAX_BYTES), ['LIMIT_EXCEEDED']],
    ['has long names', { ['x'.repeat(MAX_BYTES)]: 1 }, ['LIMIT_EXCEEDED']],
    ['has many rows', { a: Array.from({ length: 600 }, () => 7) }, ['LIMIT_EXCEEDED']],
    [
      'has many rows with fields',
      { a: Array.from({ length: 100 }, () => ({ abcdefghijk: 7 })) },
      ['LIMIT_EXCEEDED'],
    ],
  ])('is refused and not sent: it %s', async (_what, data, codes) => {
    const { encode } = openEncoder();
    const answer = await encode({ data });
    expect(answer.errorCodes).toEqual(codes);
    expect(answer.body.length).toBeLessThanOrEqual(MAX_BYTES);
    expect(JSON.stringify(answer.json.errors ?? [])).toMatch(
      codes.length > 0 ? /ask for fewer rows/ : /^\[\]$/,
    );
  });

  test('is not even written where that shows before', async () => {
    const toJSON = vi.fn<() => string>(() => 'x');
    const { encode } = openEncoder();
    await encode({ data: { ...text(MAX_BYTES + 1), other: { toJSON } } });
    expect(toJSON).not.toHaveBeenCalled();
  });

  test('with errors alone is sent all the same', async () => {
    const { encode } = openEncoder(10);
    expect((await encode({ errors: [new GraphQLError('x'.repeat(100))] })).errorCodes).toEqual([
      'BAD_USER_INPUT',
    ]);
  });

  test.each([
    [262_144, 0],
    [262_145, 1],
  ])('is made when it is its turn, if it has more than 262,144 characters: %i', async (length, turns) => {
    const { encode, room } = openEncoder(4_194_304);
    expect((await encode({ data: text(length - 1) })).errorCodes).toEqual([]);
    expect(room).toHaveBeenCalledTimes(turns);
  });

  test('tells of each change that was made, once, and of those that nobody knows of, and of no other error', async () => {
    const { encode } = openEncoder();
    const unknown = new GraphQLError('c', {
      originalError: new GatewayError('WRITE_OUTCOME_UNKNOWN', 'c', { write: write('c') }),
    });
    const writes = [write('a'), write('a'), write('b'), write('a', 'collections.delete')];
    const { json, status } = await encode(
      { data: text(MAX_BYTES), errors: [failing('a'), unknown] },
      openOperation({ writes, type: 'mutation' }),
    );
    const told = json.errors.map((error: { extensions: Record<string, unknown> }) => error.extensions);
    expect([status, json.data, told]).toEqual([
      200,
      null,
      [
        { code: 'LIMIT_EXCEEDED', requestId: 'request-1', write: shown('a') },
        { code: 'LIMIT_EXCEEDED', requestId: 'request-1', write: shown('b') },
        { code: 'LIMIT_EXCEEDED', requestId: 'request-1', write: shown('a', 'collections.delete') },
        { code: 'WRITE_OUTCOME_UNKNOWN', requestId: 'request-1', write: shown('c') },
      ],
    ]);
    expect(json.errors[0].message).toContain('The change was made');
  });
});
