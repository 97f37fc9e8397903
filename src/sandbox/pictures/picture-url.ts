import { hash } from 'node:crypto';

export type PictureSize = 'full' | 'thumbnail';

/** Gives the address of the picture of an asset, signed as a content delivery network signs its own. */
export type PictureUrl = (assetId: string, size?: PictureSize) => string;

/** Below the host, for the sandbox itself and for the gateway that embeds it. */
export const PICTURES_PATH = '/sandbox/pictures';

const KEY_PAIR_ID = 'K2SANDBOXPICTURES';

/** @param publicUrl gives `http://host:port` where browsers reach the pictures */
export function pictureUrls(publicUrl: () => string): PictureUrl {
  return (assetId, size = 'full') => {
    const path = `${PICTURES_PATH}/${size}/${encodeURIComponent(assetId)}.svg`;
    return `${publicUrl()}${path}?${signedQuery(path)}`;
  };
}

/** Whether this query begins with what signs the path, unaltered: more may follow, and nothing may stand before it. */
export function isSigned(path: string, search: string): boolean {
  const signed = `?${signedQuery(path)}`;
  return search === signed || search.startsWith(`${signed}&`);
}

function signedQuery(path: string): string {
  const policy = `{"Statement":[{"Resource":"*${path}?*","Condition":{"DateLessThan":{"AWS:EpochTime":4102444800}}}]}`;
  const encoded = cdnBase64(Buffer.from(policy).toString('base64'));
  const signature = cdnBase64(hash('sha256', `sandbox ${policy}`, 'base64'));
  return `Policy=${encoded}&Signature=${signature}&Key-Pair-Id=${KEY_PAIR_ID}`;
}

/** Base64 in the alphabet of CloudFront, whose characters need no encoding. */
function cdnBase64(text: string): string {
  return text.replaceAll('+', '-').replaceAll('=', '_').replaceAll('/', '~');
}
