const SECONDS = /^\d{1,10}$/;

/** Longest wait that the upstream is believed. It counts by the minute: a longer one would only be a mistake of somebody's clock. */
export const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Reads a `Retry-After` header: seconds or an HTTP date (RFC 9110, 10.2.3). A date counts from the `Date` of the same
 * answer, so that neither a clock that differs from the upstream's nor one that jumps makes a difference.
 * @param sentAt the `Date` header of the answer
 * @param nowMs wall clock, milliseconds since the epoch, for an answer without one
 * @returns milliseconds from now, 0 for a moment in the past, at most a minute; `null` when absent or neither form
 */
export function parseRetryAfter(
  value: string | undefined,
  sentAt: string | undefined,
  nowMs: number,
): number | null {
  const text = (value ?? '').trim();
  if (SECONDS.test(text)) return Math.min(Number(text) * 1000, MAX_RETRY_AFTER_MS);
  const date = parseDate(text);
  if (date === null) return null;
  const waitMs = date - (parseDate(sentAt ?? '') ?? nowMs);
  return Math.min(Math.max(0, waitMs), MAX_RETRY_AFTER_MS);
}

// Date.parse alone takes "-5" and "2.5" for years.
function parseDate(text: string): number | null {
  const date = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : date;
}
