import { describe, expect, test } from 'vitest';
import type { Failure, StatusFailure } from '../../src/http/failure.ts';
import { explainFailure } from '../../src/scenario/explain-failure.ts';
import type { Subject } from '../../src/scenario/subject.ts';
import type { ErrorCode } from '../../src/shared/gateway-error.ts';
import { status } from '../http/open-calls.ts';

const COLLECTION: Subject = { typename: 'Collection', id: 'col_1' };
const ASSET: Subject = { typename: 'Asset', id: 'asset_1' };

describe('a failure has its code, and says whether and when a repeat may help', () => {
  test.each<[failure: Failure, code: ErrorCode, hints: object]>([
    [{ kind: 'unreachable', errorCode: 'X' }, 'UPSTREAM_UNAVAILABLE', { retryable: true }],
    [{ kind: 'connection-lost', errorCode: 'X' }, 'UPSTREAM_UNAVAILABLE', { retryable: true }],
    [
      { kind: 'timed-out', limit: 'attempt', sent: true, waitedMs: 1 },
      'UPSTREAM_TIMEOUT',
      { retryable: true },
    ],
    [{ kind: 'cancelled', sent: true }, 'UPSTREAM_UNAVAILABLE', { retryable: true }],
    [{ kind: 'unreadable', why: 'encoded' }, 'UPSTREAM_BAD_RESPONSE', { retryable: false }],
    [{ kind: 'malformed', issue: '/id' }, 'UPSTREAM_BAD_RESPONSE', { retryable: false }],
    [{ kind: 'paused', retryAfterMs: 7 }, 'RATE_LIMITED', { retryable: true, retryAfterMs: 7 }],
    [{ kind: 'paced', retryAfterMs: 7 }, 'RATE_LIMITED', { retryable: true, retryAfterMs: 7 }],
    [{ kind: 'circuit-open', retryAfterMs: 7 }, 'UPSTREAM_UNAVAILABLE', { retryable: true, retryAfterMs: 7 }],
    [{ kind: 'overloaded', retryAfterMs: 7 }, 'OVERLOADED', { retryable: true, retryAfterMs: 7 }],
    [{ kind: 'call-limit', limit: 30 }, 'LIMIT_EXCEEDED', { retryable: false }],
  ])('%j', (failure, code, hints) => {
    const error = explainFailure(failure, COLLECTION);
    expect([error.code, error.hints, error.cause]).toEqual([code, hints, failure]);
    expect(error.message).not.toBe('');
  });
});

describe('a status has its code, by what was asked', () => {
  test.each<[failure: StatusFailure, subject: Subject | null, code: ErrorCode, hints: object]>([
    [status(400), null, 'BAD_USER_INPUT', {}],
    [status(422), null, 'BAD_USER_INPUT', {}],
    [status(401), COLLECTION, 'UPSTREAM_REJECTED', { retryable: false }],
    [status(403), COLLECTION, 'FORBIDDEN', { retryable: false }],
    [status(403), null, 'UPSTREAM_REJECTED', { retryable: false }],
    [status(403, { byApiGateway: true }), COLLECTION, 'UPSTREAM_REJECTED', { retryable: false }],
    [status(404), COLLECTION, 'NOT_FOUND', {}],
    [status(404), null, 'UPSTREAM_BAD_RESPONSE', { retryable: false }],
    [status(409), null, 'CONFLICT', {}],
    [status(418), COLLECTION, 'UPSTREAM_BAD_RESPONSE', { retryable: false }],
    [status(429), null, 'RATE_LIMITED', { retryable: true, retryAfterMs: 60_000 }],
    [status(429, { retryAfterMs: 9 }), null, 'RATE_LIMITED', { retryable: true, retryAfterMs: 9 }],
    [status(429, { planCeiling: true }), null, 'QUOTA_EXCEEDED', { retryable: false }],
    [status(400, { planCeiling: true }), null, 'QUOTA_EXCEEDED', { retryable: false }],
    [status(499), null, 'UPSTREAM_BAD_RESPONSE', { retryable: false }],
    [status(500), null, 'UPSTREAM_UNAVAILABLE', { retryable: true }],
    [status(503, { retryAfterMs: 9 }), null, 'UPSTREAM_UNAVAILABLE', { retryable: true, retryAfterMs: 9 }],
  ])('%j of %j', (failure, subject, code, hints) => {
    const error = explainFailure(failure, subject);
    expect([error.code, error.hints]).toEqual([code, hints]);
    expect(error.message).not.toBe('');
    const isOurs = Object.keys(hints).length === 0;
    expect(error.cause).toEqual(isOurs ? undefined : failure);
  });

  test.each<[failure: StatusFailure, subject: Subject | null, words: string]>([
    [status(403), COLLECTION, '"col_1" or one of its items'],
    [status(403), ASSET, 'The asset "asset_1"'],
    [status(404), ASSET, 'There is no asset "asset_1"'],
    [status(400, { reason: 'No such name.' }), null, 'No such name.'],
    [status(400), null, 'refused the input'],
    [status(409, { reason: 'It is taken.' }), null, 'It is taken.'],
    [status(409), null, 'conflicts'],
    [status(418), null, '418'],
  ])('%j of %j is told in words that name it', (failure, subject, words) => {
    expect(explainFailure(failure, subject).message).toContain(words);
  });
});

test('input that the upstream refused is wrong as a whole', () => {
  expect(explainFailure(status(400, { reason: 'No.' }), null)).toMatchObject({
    issues: [{ path: ['input'], message: 'No.' }],
  });
});
