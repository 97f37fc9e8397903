import { STATUS_CODES } from 'node:http';
import type { ErrorShape, RetryAfter } from './faults.ts';

/** A failing answer before it takes one of the live service's shapes. */
export interface ApiFailure {
  status: number;
  /** Live answers do not all have one. */
  name?: string | undefined;
  reason: string;
  details?: Readonly<Record<string, unknown>> | undefined;
  retryAfter?: RetryAfter | undefined;
  /** Overrides the shape that is switched on for all. */
  errorShape?: ErrorShape | undefined;
  /** The API gateway in front answers in its own way, whatever shape is switched on. */
  from?: 'service' | 'gateway' | undefined;
}

/** Thrown anywhere in the sandbox to end a request with this failure. */
export class ApiError extends Error {
  readonly failure: ApiFailure;

  constructor(failure: ApiFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}

/** A 400 in the live shape. */
export function badRequest(reason: string, details?: Record<string, unknown>): ApiError {
  return new ApiError({ status: 400, name: 'BadRequest', reason, details });
}

/** A 403 in the live shape. */
export function forbidden(reason: string): ApiError {
  return new ApiError({ status: 403, name: 'Forbidden', reason });
}

/** A 404 in the live shape. */
export function notFound(reason: string): ApiError {
  return new ApiError({ status: 404, name: 'NotFound', reason });
}

/** Writes a failure out in the given shape. */
export function failureResponse(failure: ApiFailure, switchedOn: ErrorShape): Response {
  const { body, headers } =
    failure.from === 'gateway' ? gatewayBody(failure) : shapedBody(failure, failure.errorShape ?? switchedOn);
  if (failure.retryAfter !== undefined) headers['retry-after'] = formatRetryAfter(failure.retryAfter);
  return new Response(body, { status: failure.status, headers });
}

interface RenderedBody {
  body: string | null;
  headers: Record<string, string>;
}

function gatewayBody({ status }: ApiFailure): RenderedBody {
  const words = STATUS_CODES[status] ?? 'Error';
  const { body, headers } = json({ message: words });
  return { body, headers: { ...headers, 'x-amzn-errortype': `${words.replaceAll(' ', '')}Exception` } };
}

function shapedBody({ status, name, reason, details }: ApiFailure, shape: ErrorShape): RenderedBody {
  const extra = details === undefined ? {} : { details };
  switch (shape) {
    case 'reason':
      return json({ reason, name, ...extra });
    case 'message':
    case 'Message':
    case 'error':
    case 'apiError':
      return json({ [shape]: reason, ...extra });
    case 'text/html':
      return {
        body: `<html><head><title>${status} ${STATUS_CODES[status]}</title></head><body></body></html>\n`,
        headers: { 'content-type': 'text/html' },
      };
    case 'empty':
      return { body: null, headers: {} };
    default:
      return shape satisfies never;
  }
}

function json(value: unknown): RenderedBody {
  return { body: JSON.stringify(value), headers: { 'content-type': 'application/json' } };
}

function formatRetryAfter({ form, seconds }: RetryAfter): string {
  // A date has whole seconds: rounding up never asks a client back too early.
  return form === 'seconds'
    ? String(seconds)
    : new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000).toUTCString();
}
