import type { ExecutionResult } from 'graphql';
import type { Logger } from '../../shared/logger.ts';
import { type Answer, contentType, retryAfterHeader } from '../edge/answer.ts';
import type { Operation } from '../request/operation.ts';
import { orderErrors } from './order-errors.ts';
import { type PresentedError, presentError } from './present-error.ts';

/** Writes the result of an operation; the one gate for errors, whatever brought the result about. */
export function encodeResult(result: ExecutionResult, operation: Operation, logger: Logger): Answer {
  const ownHeaders = contentType(operation.mediaType);
  const isStale = operation.scope.tally.stale > 0;
  const extensions = operation.showsCost || isStale ? extensionsOf(operation) : undefined;
  if (!result.errors && operation.partialErrors.length === 0) {
    const body = JSON.stringify({ data: result.data, extensions });
    return { status: 200, headers: ownHeaders, body, errorCodes: [] };
  }
  const errors = [...(result.errors ?? []), ...operation.partialErrors];
  const { requestId } = operation.scope;
  const presented = orderErrors(errors, result.data).map((error) =>
    presentError(error, requestId, operation.mediaType),
  );
  for (const { code, cause } of presented)
    if (cause) logger.warn({ requestId, code, ...causeFields(cause) }, 'a field failed');
  return {
    // Without data nothing was executed: the request itself is refused.
    status: result.data === undefined ? worst(presented) : 200,
    headers: { ...headersOf(presented), ...ownHeaders },
    body: JSON.stringify({ data: result.data, errors: presented.map(({ shown }) => shown), extensions }),
    errorCodes: presented.map(({ code }) => code),
  };
}

function extensionsOf(operation: Operation) {
  const { stale, staleAgeMs } = operation.scope.tally;
  return {
    ...(operation.showsCost ? { cost: costOf(operation) } : {}),
    ...(stale > 0 ? { stale: { ageMs: staleAgeMs } } : {}),
  };
}

// What the operation cost the quota, beside what it was planned to.
function costOf({ scope: { tally }, plannedCalls }: Operation) {
  const { attempts, retries, shared, cached } = tally;
  return { upstreamCalls: attempts, retries, shared, cached, planned: plannedCalls };
}

// Who is to wait for several reasons waits for the longest.
function headersOf(presented: readonly PresentedError[]): Readonly<Record<string, string>> {
  const waits = presented.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
  const own = presented.map(({ headers }) => headers);
  return Object.assign({}, ...own, retryAfterHeader(waits.length > 0 ? Math.max(...waits) : undefined));
}

function worst(presented: readonly PresentedError[]): number {
  return Math.max(...presented.map(({ status }) => status));
}

function causeFields(cause: unknown): Record<string, unknown> {
  return cause instanceof Error ? { err: cause } : { failure: cause };
}
