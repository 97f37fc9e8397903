import type { ExecutionResult } from 'graphql';
import type { Logger } from '../../shared/logger.ts';
import { type Answer, contentType, retryAfterHeader } from '../edge/answer.ts';
import type { WaitingAnswers } from '../edge/waiting-answers.ts';
import type { Operation } from '../request/operation.ts';
import { exceedsSize } from './exceeds-size.ts';
import { orderErrors } from './order-errors.ts';
import { type PresentedError, presentError } from './present-error.ts';
import { errorsInstead } from './too-large-answer.ts';

/** What results are written with. */
export interface EncodeOptions {
  readonly logger: Logger;
  /** Largest body of an answer. */
  readonly maxAnswerBytes: number;
  readonly waiting: WaitingAnswers;
}

// In characters. Writing so many takes a moment in which nothing else is done.
const LARGE = 262_144;
// Of a character in UTF-8.
const MAX_CHARACTER_BYTES = 3;

/** Writes the result of an operation, a large one when it is its turn; the one gate for errors, whatever brought it about. */
export function encodeResult(
  result: ExecutionResult,
  operation: Operation,
  options: EncodeOptions,
): Answer | Promise<Answer> {
  const { maxAnswerBytes, waiting } = options;
  if (!exceedsSize(result.data, Math.min(LARGE, maxAnswerBytes)))
    return encode(result, operation, options, true);
  return waiting
    .room()
    .then(() => encode(result, operation, options, !exceedsSize(result.data, maxAnswerBytes)));
}

function encode(
  result: ExecutionResult,
  operation: Operation,
  { logger, maxAnswerBytes }: EncodeOptions,
  mayFit: boolean,
): Answer {
  const presented = presentErrors(result, operation, logger);
  const extensions = extensionsOf(operation);
  if (mayFit) {
    const answer = write(result.data, presented, extensions, operation);
    if (fits(answer.body, maxAnswerBytes) || result.data === undefined) return answer;
  }
  return write(null, errorsInstead(operation, presented, maxAnswerBytes), extensions, operation);
}

function presentErrors(
  result: ExecutionResult,
  operation: Operation,
  logger: Logger,
): readonly PresentedError[] {
  const errors = [...(result.errors ?? []), ...operation.partialErrors];
  const { requestId } = operation.scope;
  const presented = orderErrors(errors, result.data).map((error) =>
    presentError(error, requestId, operation.mediaType),
  );
  for (const { code, cause } of presented)
    if (cause) logger.warn({ requestId, code, ...causeFields(cause) }, 'a field failed');
  return presented;
}

function write(
  data: ExecutionResult['data'],
  presented: readonly PresentedError[],
  extensions: object | undefined,
  { mediaType, partialWrites }: Operation,
): Answer {
  const waitsMs = partialWrites.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
  if (presented.length === 0) {
    const body = JSON.stringify({ data, extensions });
    const headers = { ...waitHeader(waitsMs), ...contentType(mediaType) };
    return { status: 200, headers, body, errorCodes: [] };
  }
  return {
    // Without data nothing was executed: the request itself is refused.
    status: data === undefined ? worst(presented) : 200,
    headers: { ...headersOf(presented, waitsMs), ...contentType(mediaType) },
    body: JSON.stringify({ data, errors: presented.map(({ shown }) => shown), extensions }),
    errorCodes: presented.map(({ code }) => code),
  };
}

function fits(body: string, maxBytes: number): boolean {
  return body.length * MAX_CHARACTER_BYTES <= maxBytes || Buffer.byteLength(body) <= maxBytes;
}

function extensionsOf(operation: Operation): object | undefined {
  const { stale, staleAgeMs } = operation.scope.tally;
  if (!operation.showsCost && stale === 0) return undefined;
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

function headersOf(
  presented: readonly PresentedError[],
  waitsMs: readonly number[],
): Readonly<Record<string, string>> {
  const ofErrors = presented.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
  const own = presented.map(({ headers }) => headers);
  return Object.assign({}, ...own, waitHeader([...ofErrors, ...waitsMs]));
}

// Who is to wait for several reasons waits for the longest.
function waitHeader(waitsMs: readonly number[]): Readonly<Record<string, string>> {
  return retryAfterHeader(waitsMs.length > 0 ? Math.max(...waitsMs) : undefined);
}

function worst(presented: readonly PresentedError[]): number {
  return Math.max(...presented.map(({ status }) => status));
}

function causeFields(cause: unknown): Record<string, unknown> {
  return cause instanceof Error ? { err: cause } : { failure: cause };
}
