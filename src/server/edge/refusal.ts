import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../../shared/gateway-error.ts';
import type { MediaType } from './media-type.ts';

/** Why a request is not carried out, and how the answer says so. */
export interface Refusal {
  /** Of an answer as `application/json` too, unless `statusAsJson` says otherwise. */
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 429 | 431 | 503;
  readonly statusAsJson?: 200;
  readonly code: ErrorCode;
  /** What was wrong, with which value (never a secret), and what to do. */
  readonly message: string;
  /** Further headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Told in the header `Retry-After` too. */
  readonly retryAfterMs?: number;
}

/** A refusal on its way through the pipeline of GraphQL. */
export class RefusalError extends GraphQLError {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** The status with which a refusal is answered in this form. */
export function statusOf({ status, statusAsJson }: Refusal, { name }: MediaType): number {
  return name === 'application/json' ? (statusAsJson ?? status) : status;
}

/** What stands in `extensions` of a refusal. */
export function refusalExtensions(
  { code, retryAfterMs }: Refusal,
  requestId: string,
): Record<string, unknown> {
  return { code, requestId, ...(retryAfterMs === undefined ? {} : { retryable: true, retryAfterMs }) };
}
