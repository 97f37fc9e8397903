import type { Failure, StatusFailure } from '../http/failure.ts';
import { MAX_RETRY_AFTER_MS } from '../http/retry-after.ts';
import { assertNever } from '../shared/assert-never.ts';
import { type ErrorCode, type ErrorHints, GatewayError } from '../shared/gateway-error.ts';
import { ConflictError, invalidInput, NotFoundError } from './errors.ts';
import { nounOf, type Subject } from './subject.ts';

/**
 * Names a failure for the outside: the one place where upstream trouble gets its code and its words.
 * @param subject what the call was about, when it was about one object
 */
export function explainFailure(failure: Failure, subject: Subject | null): GatewayError {
  if (failure.kind === 'status') return explainStatus(failure, subject);
  const [code, message] = describe(failure);
  const hints = {
    retryable: code !== 'UPSTREAM_BAD_RESPONSE' && code !== 'LIMIT_EXCEEDED',
    ...('retryAfterMs' in failure ? { retryAfterMs: failure.retryAfterMs } : {}),
  };
  return new GatewayError(code, message, hints, { cause: failure });
}

/** Names a failure of a read that the gateway makes by itself: no argument can be what was refused. */
export function explainOwnRead(failure: Failure): GatewayError {
  const isOfInput = failure.kind === 'status' && INPUT_STATUSES.has(failure.status) && !failure.planCeiling;
  return isOfInput ? explainUnexpected(failure) : explainFailure(failure, null);
}

const INPUT_STATUSES: ReadonlySet<number> = new Set([400, 409, 422]);

function describe(failure: Exclude<Failure, StatusFailure>): readonly [ErrorCode, string] {
  switch (failure.kind) {
    case 'unreachable':
      return ['UPSTREAM_UNAVAILABLE', 'The Scenario API cannot be reached. Try again later.'];
    case 'connection-lost':
      return ['UPSTREAM_UNAVAILABLE', 'The connection to the Scenario API broke. Try again.'];
    case 'timed-out':
      return ['UPSTREAM_TIMEOUT', 'The Scenario API did not answer in time. Try again later.'];
    case 'cancelled':
      return ['UPSTREAM_UNAVAILABLE', 'The request was cancelled.'];
    case 'unreadable':
    case 'malformed':
      return ['UPSTREAM_BAD_RESPONSE', 'The Scenario API gave an answer that cannot be understood.'];
    case 'paused':
      return ['RATE_LIMITED', describeThrottling(failure.retryAfterMs)];
    case 'paced':
      return [
        'RATE_LIMITED',
        `The calls to the Scenario API are used up for now. ${adviseWait(failure.retryAfterMs)}`,
      ];
    case 'circuit-open':
      return ['UPSTREAM_UNAVAILABLE', 'The Scenario API is failing and is given a moment to recover.'];
    case 'overloaded':
      return ['OVERLOADED', 'The gateway is busy. Wait before the next request.'];
    case 'call-limit':
      return [
        'LIMIT_EXCEEDED',
        `The operation has made ${failure.limit} upstream calls, which is the most it may: ask for less at once.`,
      ];
    default:
      return assertNever(failure);
  }
}

function explainStatus(failure: StatusFailure, subject: Subject | null): GatewayError {
  const { status, reason, retryAfterMs } = failure;
  const explain = (
    code: ErrorCode,
    message: string,
    hints: ErrorHints = { retryable: false },
  ): GatewayError => new GatewayError(code, message, hints, { cause: failure });
  const later = { retryable: true, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  if (failure.planCeiling)
    return explain('QUOTA_EXCEEDED', 'A limit of the Scenario plan is reached. Waiting does not lift it.');
  if (status === 400 || status === 422)
    return invalidInput(['input'], reason ?? 'The Scenario API refused the input.');
  if (status === 401 || (status === 403 && (failure.byApiGateway || subject === null))) {
    const message =
      'The Scenario API refused the credentials or the plan of this gateway. Tell its operator.';
    return explain('UPSTREAM_REJECTED', message);
  }
  if (status === 403 && subject !== null) return explain('FORBIDDEN', describeForbidden(subject));
  if (status === 404 && subject !== null) return new NotFoundError(subject);
  if (status === 409) return new ConflictError(reason ?? 'The change conflicts with the present state.');
  if (status === 429) {
    const waitMs = retryAfterMs ?? MAX_RETRY_AFTER_MS;
    return explain('RATE_LIMITED', describeThrottling(waitMs), { retryable: true, retryAfterMs: waitMs });
  }
  if (status >= 500)
    return explain('UPSTREAM_UNAVAILABLE', 'The Scenario API is failing. Try again later.', later);
  return explainUnexpected(failure);
}

function explainUnexpected(failure: StatusFailure): GatewayError {
  const message = `The Scenario API answered with the unexpected status ${failure.status}.`;
  return new GatewayError('UPSTREAM_BAD_RESPONSE', message, { retryable: false }, { cause: failure });
}

function describeThrottling(waitMs: number): string {
  return `The Scenario API is being called too often. ${adviseWait(waitMs)}`;
}

function adviseWait(waitMs: number): string {
  return `Wait ${Math.max(1, Math.ceil(waitMs / 1000))} s before the next request.`;
}

function describeForbidden({ typename, id }: Subject): string {
  return typename === 'Collection'
    ? `"${id}" or one of its items may not be used.`
    : `The ${nounOf(typename)} "${id}" may not be used.`;
}
