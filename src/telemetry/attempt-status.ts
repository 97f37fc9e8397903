import type { CallResult } from '../http/call.ts';

/**
 * What an attempt came to, in a word of few possible ones: the class of the HTTP status such as `5xx`, `429` by itself
 * because it is answered by waiting, or the kind of failure when there was no usable answer.
 */
export function attemptStatus(result: CallResult): string {
  if (result.ok) return '2xx';
  const { failure } = result;
  if (failure.kind !== 'status') return failure.kind;
  return failure.status === 429 ? '429' : `${Math.floor(failure.status / 100)}xx`;
}
