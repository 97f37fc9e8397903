import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/http/call.ts';
import { type Failure, mayHaveBeenApplied } from '../../src/http/failure.ts';
import { isNotFound, isOutage, isRefusal } from '../../src/http/outage.ts';
import { type RawAnswer, readAnswer } from '../../src/http/read-answer.ts';
import { readStatusFailure } from '../../src/http/read-status-failure.ts';
import { READ } from './calls.ts';
import { failed, status, timedOut } from './open-calls.ts';

const redact = (text: string): string => text.replaceAll('secret', '***');
const read = (value: Partial<RawAnswer>, call: Call = READ) =>
  readAnswer(
    call,
    { ok: true, value: { status: 200, headers: {}, body: Buffer.from('{}'), ...value } },
    redact,
  );

describe('an answer', () => {
  test.each([200, 204, 299])('%i with JSON is whole, and its connection sound', (code) => {
    expect(read({ status: code })).toEqual({ result: { ok: true, body: {}, unclear: false }, isSound: true });
  });

  test.each([199, 300, 404])('%i is a failure with its status, and its connection sound', (code) => {
    expect(read({ status: code })).toMatchObject({
      result: { ok: false, failure: { kind: 'status', status: code } },
      isSound: true,
    });
  });

  test.each(['too-large', 'encoded'] as const)('that is %s was not read, and its connection ends', (why) => {
    expect(read({ body: why })).toEqual({
      result: failed({ kind: 'unreadable', why }, true),
      isSound: false,
    });
    expect(read({ status: 500, body: why })).toMatchObject({ result: { ok: false }, isSound: false });
  });

  test.each(['json', 'json-or-nothing'] as const)(
    'that is no JSON is unreadable where it is to be %s',
    (answer) => {
      expect(read({ body: Buffer.from('<html>') }, { ...READ, answer })).toEqual({
        result: failed({ kind: 'unreadable', why: 'not-json' }, true),
        isSound: false,
      });
    },
  );

  test.each(['', '\r\n'])(
    'that is empty is unreadable where JSON is needed, and good enough where it is not: %j',
    (text) => {
      const body = Buffer.from(text);
      expect(read({ body })).toMatchObject({ result: { ok: false }, isSound: false });
      expect(read({ body }, { ...READ, answer: 'json-or-nothing' })).toEqual({
        result: { ok: true, body: undefined, unclear: false },
        isSound: true,
      });
    },
  );

  test('to another call is malformed, and its connection ends', () => {
    const call: Call = { ...READ, findMismatch: () => 'of another' };
    expect(read({}, call)).toEqual({
      result: failed({ kind: 'malformed', issue: 'of another' }, true),
      isSound: false,
    });
    expect(read({}, { ...READ, findMismatch: () => null })).toMatchObject({
      result: { ok: true },
      isSound: true,
    });
  });

  test('that never came leaves a connection that ends', () => {
    const failure: Failure = { kind: 'connection-lost', errorCode: 'ECONNRESET' };
    expect(readAnswer(READ, { ok: false, failure }, redact)).toEqual({
      result: failed(failure, true),
      isSound: false,
    });
  });
});

describe('the text of a body', () => {
  const MARK = '\ufeff';
  test.each([
    ['ASCII', '{"a":1}', { a: 1 }],
    ['UTF-8', '{"a":"Ünïcödé 💡"}', { a: 'Ünïcödé 💡' }],
    ['UTF-8 behind a byte order mark', `${MARK}{"a":"ü"}`, { a: 'ü' }],
    ['UTF-8 with such a mark within', `{"a":"ü${MARK}"}`, { a: `ü${MARK}` }],
    ['UTF-8 that ends with one', `"ü"${MARK}`, null],
  ])('%s', (_what, text, body) => {
    const result = body === null ? { ok: false, failure: { why: 'not-json' } } : { ok: true, body };
    expect(read({ body: Buffer.from(text) })).toMatchObject({ result });
  });
});

const reasonOf = (body: string) => readStatusFailure(400, {}, body, redact).reason;

describe('what an answer outside 2xx says', () => {
  test.each([
    ['reason', '{"reason":"A","message":"B"}', 'A'],
    ['message, where the reason is blank', '{"reason":" ","message":"B"}', 'B'],
    ['message, where the reason is all controls', '{"reason":"\\u0000 \\u0007","message":"B"}', 'B'],
    ['Message', '{"Message":"C"}', 'C'],
    ['error', '{"error":"D"}', 'D'],
    ['apiError', '{"apiError":"E"}', 'E'],
    ['nothing, as it is a stack alone', '{"reason":"\\n    at run (/srv/app.js:1:2)"}', null],
    ['nothing, as it is no text', '{"reason":1}', null],
    ['nothing, as it is no object', '"x"', null],
    ['nothing, as it is no JSON', '<h1>x</h1>', null],
    ['without secrets', '{"reason":"a secret b"}', 'a *** b'],
    ['without a stack', '{"reason":"Broke at run (/srv/app.js:1:2)"}', 'Broke'],
    ['without an asynchronous one', '{"reason":"Broke at async run (/srv/app.js:10:2) in x"}', 'Broke'],
    ['without the lines of one', '{"reason":"Broke\\n    at /srv/app.js:1:2\\n    at run"}', 'Broke'],
    ['with what only sounds like one', '{"reason":"Look at it (later)"}', 'Look at it (later)'],
    ['in one line', '{"reason":"a\\n\\u2028b "}', 'a b'],
    ['300 characters', JSON.stringify({ reason: 'x'.repeat(300) }), 'x'.repeat(300)],
    ['301 characters, cut', JSON.stringify({ reason: 'x'.repeat(301) }), `${'x'.repeat(300)}…`],
  ])('is read from %s', (_where, body, reason) => {
    expect(reasonOf(body)).toBe(reason);
  });

  test('is cut before it is searched: a megabyte of blanks keeps nobody waiting', () => {
    expect(reasonOf(JSON.stringify({ reason: `Broke${' '.repeat(1_000_000)}at the end` }))).toBe('Broke');
  });

  test.each([
    [429, '{"details":{"actionLimit":1}}', true],
    [400, '{"details":{"actionLimit":1}}', false],
    [429, '{"details":{}}', false],
    [429, '{"details":null}', false],
    [429, '{}', false],
    [429, 'null', false],
    [400, '{"code":"QUOTA_EXCEEDED"}', true],
    [499, '{"name":"QUOTA_EXCEEDED"}', true],
    [429, '{"errorCode":"QUOTA_EXCEEDED"}', true],
    [399, '{"code":"QUOTA_EXCEEDED"}', false],
    [500, '{"code":"QUOTA_EXCEEDED"}', false],
  ])('%i with %s is a ceiling of the plan: %s', (code, body, planCeiling) => {
    expect(readStatusFailure(code, {}, body, redact).planCeiling).toBe(planCeiling);
  });

  test('stands in its headers', () => {
    const headers = {
      'retry-after': ['2', '3'],
      'x-amzn-errortype': 'X',
      'x-amzn-requestid': 'id-secret',
    };
    expect(readStatusFailure(403, headers, '', redact)).toEqual(
      status(403, { retryAfterMs: 2_000, byApiGateway: true, upstreamRequestId: 'id-***' }),
    );
    const dates = {
      'retry-after': 'Wed, 01 Jan 2025 00:00:07 GMT',
      date: 'Wed, 01 Jan 2025 00:00:00 GMT',
    };
    expect(readStatusFailure(503, dates, '', redact).retryAfterMs).toBe(7_000);
    expect(readStatusFailure(403, { 'x-amzn-requestid': 'a b' }, '', redact)).toEqual(status(403));
  });
});

// Whether a write may have been applied, the upstream is down, or it has refused what was asked.
const VERDICTS: ReadonlyArray<readonly [Failure, applied: boolean, outage: boolean, refusal: boolean]> = [
  [{ kind: 'unreachable', errorCode: 'X' }, false, true, false],
  [{ kind: 'connection-lost', errorCode: 'X' }, true, true, false],
  [{ kind: 'unreadable', why: 'not-json' }, true, true, false],
  [{ kind: 'malformed', issue: 'x' }, true, false, false],
  [timedOut('attempt', 1), true, true, false],
  [timedOut('attempt', 1, false), false, true, false],
  [{ kind: 'cancelled', sent: true }, true, false, false],
  [{ kind: 'cancelled', sent: false }, false, false, false],
  [{ kind: 'paused', retryAfterMs: 1 }, false, true, false],
  [{ kind: 'paced', retryAfterMs: 1 }, false, true, false],
  [{ kind: 'circuit-open', retryAfterMs: 1 }, false, true, false],
  [{ kind: 'overloaded', retryAfterMs: 1 }, false, false, false],
  [{ kind: 'call-limit', limit: 1 }, false, false, false],
  [status(302), true, false, false],
  [status(399), true, false, false],
  [status(400), false, false, true],
  [status(404), false, false, true],
  [status(408), true, false, false],
  [status(429), false, true, false],
  [status(429, { planCeiling: true }), false, false, false],
  [status(499), false, false, true],
  [status(500), true, true, false],
  [status(503), true, true, false],
  [status(503, { retryAfterMs: 0 }), false, true, false],
  [status(504, { retryAfterMs: 0 }), true, true, false],
];

test.each(VERDICTS)('%o: applied %s, outage %s, refusal %s', (failure, applied, outage, refusal) => {
  expect([mayHaveBeenApplied(failure), isOutage(failure), isRefusal(failure)]).toEqual([
    applied,
    outage,
    refusal,
  ]);
  expect(isNotFound(failure)).toBe(failure.kind === 'status' && failure.status === 404);
});
