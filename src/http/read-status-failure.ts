import type { StatusFailure } from './failure.ts';
import { parseJson } from './parse-json.ts';
import { parseRetryAfter } from './retry-after.ts';

/** Where the upstream says why it refused; the first that says anything counts. */
export const REASON_KEYS = ['reason', 'message', 'Message', 'error', 'apiError'] as const;

const MAX_REASON_LENGTH = 300;
const STACK = /\s+at (?:async )?\S+ \([^)]*:\d.*|\s*\n\s+at .*/s;
const REQUEST_ID = /^[A-Za-z0-9._=-]{1,128}$/;

/** The response headers of one answer, as undici parses them. */
export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Turns an answer outside 2xx into a failure; stands every body, JSON or not.
 * @param redact takes out of the upstream's words what must not be repeated
 */
export function readStatusFailure(
  status: number,
  headers: ResponseHeaders,
  body: string,
  redact: (text: string) => string,
): StatusFailure {
  const fields = parseObject(body);
  return {
    kind: 'status',
    status,
    reason: readReason(fields, redact),
    retryAfterMs: parseRetryAfter(single(headers['retry-after']), single(headers['date']), Date.now()),
    byApiGateway: headers['x-amzn-errortype'] !== undefined,
    planCeiling: isPlanCeiling(status, fields),
    upstreamRequestId: readRequestId(single(headers['x-amzn-requestid']), redact),
  };
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function readRequestId(value: string | undefined, redact: (text: string) => string): string | null {
  return value !== undefined && REQUEST_ID.test(value) ? redact(value) : null;
}

function parseObject(text: string): ReadonlyMap<string, unknown> {
  try {
    return fieldsOf(parseJson(text));
  } catch {
    return new Map();
  }
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function readReason(fields: ReadonlyMap<string, unknown>, redact: (text: string) => string): string | null {
  for (const key of REASON_KEYS) {
    const value = fields.get(key);
    const reason = typeof value === 'string' ? clean(redact(value)) : '';
    if (reason !== '') return reason;
  }
  return null;
}

function clean(text: string): string {
  const line = text
    .slice(0, MAX_REASON_LENGTH * 2)
    .replace(STACK, '')
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
    .trim();
  return line.length > MAX_REASON_LENGTH ? `${line.slice(0, MAX_REASON_LENGTH)}…` : line;
}

// The search names the ceiling in its code, under a status that no reference tells.
function isPlanCeiling(status: number, fields: ReadonlyMap<string, unknown>): boolean {
  if (status < 400 || status >= 500) return false;
  const codes = [fields.get('code'), fields.get('name'), fields.get('errorCode')];
  return (
    codes.includes('QUOTA_EXCEEDED') || (status === 429 && fieldsOf(fields.get('details')).has('actionLimit'))
  );
}
