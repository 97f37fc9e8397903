/** What an error can be about, as `extensions.code` or as `code` of a result; an enum of the schema lists the same. */
export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'UNAUTHENTICATED'
  | 'INSUFFICIENT_SCOPE'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'QUOTA_EXCEEDED'
  | 'LIMIT_EXCEEDED'
  | 'OVERLOADED'
  | 'UPSTREAM_REJECTED'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_BAD_RESPONSE'
  | 'WRITE_OUTCOME_UNKNOWN'
  | 'DOCUMENT_NOT_TRUSTED'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'INTERNAL_SERVER_ERROR';

/** Facts for the client that may stand beside the code. */
export interface ErrorHints {
  /** Whether the same request may succeed when it is sent again. */
  readonly retryable?: boolean;
  /** Milliseconds to wait before a retry can help. */
  readonly retryAfterMs?: number;
  /** The write whose outcome is unknown: what to look for before it is repeated. */
  readonly write?: SentWrite;
}

/** What tells a write that was sent from others. */
export interface SentWrite {
  /** The upstream's endpoint, for example `collections.create`. */
  readonly endpoint: string;
  /** Scenario id of the collection; `null` for one that was to be created. */
  readonly collectionId: string | null;
  /** Name that was given, for a create or a rename. */
  readonly name?: string;
  /** When the write was first sent: what was made by it is not older. */
  readonly startedAt: Date;
}

/** A change of many ids that did not go through whole: what became of how many. */
export interface PartialWrite extends Pick<SentWrite, 'endpoint' | 'collectionId'> {
  readonly applied: number;
  readonly failed: number;
  readonly unknown: number;
  readonly notAttempted: number;
  /** How long to wait for the rest, where that is what it takes. */
  readonly retryAfterMs: number | undefined;
}

/** An error whose message and code are meant for the client; anything else is masked. */
export class GatewayError extends Error {
  override readonly name: string = 'GatewayError';
  readonly code: ErrorCode;
  readonly hints: ErrorHints;

  constructor(code: ErrorCode, message: string, hints: ErrorHints = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hints = hints;
  }
}
