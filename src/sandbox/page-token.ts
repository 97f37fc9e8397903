export interface PagePosition {
  offset: number;
  limit: number;
}

// These bytes become `+/+/` in base64: a client that does not percent-encode its tokens fails on the first page.
const MARKER = Buffer.from([0xfb, 0xff, 0xbf]);

/** Packs a position into a padded base64 token that always holds `+`, `/` and `=`. */
export function encodePageToken({ offset, limit }: PagePosition): string {
  const text = `${offset}:${limit}`;
  // One byte over a multiple of three makes base64 end in `==`.
  const length = Math.ceil((text.length - 1) / 3) * 3 + 1;
  return Buffer.concat([MARKER, Buffer.from(text.padEnd(length))]).toString('base64');
}

/** Unpacks a token; `undefined` for everything that `encodePageToken` did not make. */
export function decodePageToken(token: string): PagePosition | undefined {
  const text = Buffer.from(token, 'base64').subarray(MARKER.length).toString('latin1').trimEnd();
  const match = /^(?<offset>\d{1,15}):(?<limit>\d{1,3})$/.exec(text);
  const position = {
    offset: Number(match?.groups?.['offset']),
    limit: Number(match?.groups?.['limit']),
  };
  // Encoding again refuses foreign markers, lost padding and a `+` that arrived as a space.
  return encodePageToken(position) === token ? position : undefined;
}
