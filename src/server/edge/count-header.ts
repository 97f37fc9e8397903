/**
 * Counts how often a header was sent: `headers` shows the first of several only, and what stands in front of the gateway
 * may believe the last.
 * @param rawHeaders names and values in turn, as Node has them
 * @param name in lower case
 */
export function countHeader(rawHeaders: readonly string[], name: string): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const sent = rawHeaders[index];
    if (sent?.length === name.length && sent.toLowerCase() === name) count += 1;
  }
  return count;
}
