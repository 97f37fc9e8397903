import type { ResponseHeaders } from './read-status-failure.ts';

// What may stand in Content-Encoding and changes the bytes (RFC 9110, 8.4.1, and IANA's registry).
const CODINGS = new Set([
  'aes128gcm',
  'br',
  'compress',
  'dcb',
  'dcz',
  'deflate',
  'exi',
  'gzip',
  'pack200-gzip',
  'x-compress',
  'x-gzip',
  'zstd',
]);

/** Whether a body is encoded, though nothing but `identity` was asked for. Some servers write a charset there. */
export function isEncoded({ 'content-encoding': value }: ResponseHeaders): boolean {
  if (value === undefined) return false;
  const words = String(value).toLowerCase().split(',');
  return words.some((word) => CODINGS.has(word.trim()));
}
