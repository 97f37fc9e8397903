import type { ErrorCode } from '../__generated__/graphql.ts';

/** What went wrong, in words for a person. */
export interface Problem {
  readonly code: ErrorCode | 'NO_ANSWER';
  readonly text: string;
  /** When to try again, if the gateway knows. */
  readonly retryAfterMs?: number;
}

const OUTAGE = 'Scenario is not answering at the moment. Nothing is lost: try again in a little while.';
const BUG = 'Something is broken here. Reload the page, and tell us if it stays.';

// All codes that there are: one that is new in the schema breaks the build until it has its words.
const WORDS: Readonly<Record<Problem['code'], string>> = {
  BAD_USER_INPUT: 'That cannot be accepted.',
  CONFLICT: 'Somebody else changed this at the same moment. Look at it again and repeat what you did.',
  DOCUMENT_NOT_TRUSTED: 'This page is too old for the server. Reload it.',
  FORBIDDEN: 'Your team may not use this.',
  GRAPHQL_PARSE_FAILED: BUG,
  GRAPHQL_VALIDATION_FAILED: 'This page and the server do not fit together. Reload it.',
  INSUFFICIENT_SCOPE: 'You may look, but not change anything here.',
  INTERNAL_SERVER_ERROR: BUG,
  LIMIT_EXCEEDED: 'That is too much at once. Try it with less.',
  NO_ANSWER: 'The gateway cannot be reached. Check your connection, then try again.',
  NOT_FOUND: 'This does not exist any more. Somebody may have deleted it.',
  OVERLOADED: 'Too many people are here just now. Try again in a moment.',
  PERSISTED_QUERY_NOT_FOUND: BUG,
  QUOTA_EXCEEDED: 'Your Scenario plan has reached its limit. Waiting does not help.',
  RATE_LIMITED: 'Too many requests just now. It goes on in a moment.',
  UNAUTHENTICATED: 'Sign in with a key that this gateway knows.',
  UPSTREAM_BAD_RESPONSE: OUTAGE,
  UPSTREAM_REJECTED: 'The gateway itself may not use Scenario. Tell whoever runs it.',
  UPSTREAM_TIMEOUT: 'Scenario takes too long to answer. Try again.',
  UPSTREAM_UNAVAILABLE: OUTAGE,
  WRITE_OUTCOME_UNKNOWN:
    'It is not known whether that was done. Reload the page and look before you repeat it.',
};

/** The words for a code. The gateway's own are for people where only it knows what was wrong with their input. */
export function describeCode(code: Problem['code'], message = ''): string {
  return code === 'BAD_USER_INPUT' && message !== '' ? message : WORDS[code];
}

interface ErrorEntry {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** What the first of an answer's `errors` tells; that no answer came when there is none. */
export function problemIn([first]: readonly ErrorEntry[]): Problem {
  const { code, retryAfterMs } = first?.extensions ?? {};
  if (!isCode(code)) return { code: 'NO_ANSWER', text: WORDS.NO_ANSWER };
  const text = describeCode(code, first?.message);
  return { code, text, retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : 0 };
}

function isCode(code: unknown): code is Problem['code'] {
  return typeof code === 'string' && Object.hasOwn(WORDS, code);
}
