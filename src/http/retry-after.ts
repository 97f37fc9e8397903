const SECONDS = /^\d{1,10}$/;

/**
 * Reads a `Retry-After` header: seconds or an HTTP date (RFC 9110, 10.2.3).
 * @param nowMs wall clock, milliseconds since the epoch
 * @returns milliseconds from now, 0 for a moment in the past, `null` when absent or neither form
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | null {
  const text = value?.trim();
  if (!text) return null;
  if (SECONDS.test(text)) return Number(text) * 1000;
  // Date.parse alone takes "-5" and "2.5" for years.
  const date = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}
