import { assertNever } from '../shared/assert-never.ts';

/** Why one upstream call brought no usable answer. It goes to the log as it is, so it holds nothing that may not. */
export type Failure =
  /** No byte of the request was sent: refused, DNS, TLS, connect timeout. */
  | { readonly kind: 'unreachable'; readonly errorCode: string }
  /** The connection broke after the request was sent, or spoke no HTTP. */
  | { readonly kind: 'connection-lost'; readonly errorCode: string }
  | {
      readonly kind: 'timed-out';
      readonly limit: 'attempt' | 'deadline';
      readonly sent: boolean;
      /** How long this attempt was given. */
      readonly waitedMs: number;
    }
  /** Nobody waits for it any more: the client disconnected, or has its answer without it. */
  | { readonly kind: 'cancelled'; readonly sent: boolean }
  /** A 2xx answer whose body could not be read. */
  | { readonly kind: 'unreadable'; readonly why: 'too-large' | 'encoded' | 'not-json' }
  /** A 2xx answer in JSON that is not what the reference promises. */
  | { readonly kind: 'malformed'; readonly issue: string }
  | StatusFailure
  /** The upstream asked everyone to wait. */
  | { readonly kind: 'paused'; readonly retryAfterMs: number }
  /** No call of the quota comes free before the deadline. */
  | { readonly kind: 'paced'; readonly retryAfterMs: number }
  | { readonly kind: 'circuit-open'; readonly retryAfterMs: number }
  /** No slot comes free before the deadline. */
  | { readonly kind: 'overloaded'; readonly retryAfterMs: number }
  /** The operation has made as many calls as it may. */
  | { readonly kind: 'call-limit'; readonly limit: number };

/** An answer with a status outside 2xx. */
export interface StatusFailure {
  readonly kind: 'status';
  readonly status: number;
  /** The upstream's own words, cut and cleaned. */
  readonly reason: string | null;
  readonly retryAfterMs: number | null;
  /** Refused by the API gateway in front of the service: the credential, not the object. */
  readonly byApiGateway: boolean;
  /** A limit of the plan, which waiting does not lift. */
  readonly planCeiling: boolean;
  /** The upstream's own request id, for its support. */
  readonly upstreamRequestId: string | null;
}

/** Whether the upstream may have applied a write that ended in this failure. */
export function mayHaveBeenApplied(failure: Failure): boolean {
  return failure.kind === 'status' ? isUnclearStatus(failure) : wasSent(failure);
}

/** Whether a byte of the request may have reached the upstream. */
export function wasSent(failure: Failure): boolean {
  switch (failure.kind) {
    case 'connection-lost':
    case 'unreadable':
    case 'malformed':
    case 'status':
      return true;
    case 'timed-out':
    case 'cancelled':
      return failure.sent;
    case 'unreachable':
    case 'paused':
    case 'paced':
    case 'circuit-open':
    case 'overloaded':
    case 'call-limit':
      return false;
    default:
      return assertNever(failure);
  }
}

// A 503 that says when to come back has done nothing; a redirect or any other 5xx may have.
function isUnclearStatus({ status, retryAfterMs }: StatusFailure): boolean {
  if (status === 503) return retryAfterMs === null;
  return status >= 500 || status < 400 || status === 408;
}
