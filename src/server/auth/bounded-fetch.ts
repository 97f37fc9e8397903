import type { FetchImplementation } from 'jose';
import { fetch, ProxyAgent } from 'undici';

const MAX_BYTES = 262_144;

/**
 * Makes a function that fetches as `fetch` does, but gives up on an answer other than 200 and on one of more than 256 KiB,
 * unpacked.
 * @param proxy through which it fetches, if through one
 */
export function createBoundedFetch(proxy: URL | null): FetchImplementation {
  const through = proxy === null ? {} : { dispatcher: new ProxyAgent(proxy.href) };
  return async (url, { headers, ...options }) => {
    const response = await fetch(url, { ...options, ...through, headers: Object.fromEntries(headers) });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`the answer has status ${response.status}`);
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > MAX_BYTES) throw new Error(`the answer has more than ${MAX_BYTES} bytes`);
      chunks.push(chunk);
    }
    return new Response(Buffer.concat(chunks));
  };
}
