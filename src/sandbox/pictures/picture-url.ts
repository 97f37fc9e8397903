import { hash } from 'node:crypto';

/** Gives the address of the picture of an asset, signed as a content delivery network signs its own. */
export type PictureUrl = (assetId: string) => string;

/** Below the host, for the sandbox itself and for the gateway that embeds it. */
export const PICTURES_PATH = '/sandbox/pictures';

const KEY_PAIR_ID = 'K2SANDBOXPICTURES';

/** @param publicUrl `http://host:port` where browsers reach the pictures */
export function pictureUrls(publicUrl: string): PictureUrl {
  return (assetId) =>
    `${publicUrl}${PICTURES_PATH}/${encodeURIComponent(assetId)}.svg?${signedQuery(assetId)}`;
}

/**
 * The signed part of a picture's address. More parameters may follow it; in front of it, or within it, they break the
 * signature.
 */
function signedQuery(assetId: string): string {
  const resource = `*${PICTURES_PATH}/${assetId}.svg?*`;
  const policy = `{"Statement":[{"Resource":"${resource}","Condition":{"DateLessThan":{"AWS:EpochTime":4102444800}}}]}`;
  const signature = hash('sha256', `sandbox ${policy}`, 'base64');
  return `Policy=${cdnBase64(Buffer.from(policy).toString('base64'))}&Signature=${cdnBase64(signature)}&Key-Pair-Id=${KEY_PAIR_ID}`;
}

/** Base64 in the alphabet of CloudFront, whose characters need no encoding. */
function cdnBase64(text: string): string {
  return text.replaceAll('+', '-').replaceAll('=', '_').replaceAll('/', '~');
}

/** Whether this query of a picture's address begins with its signed part, unaltered. */
export function isSigned(assetId: string, search: string): boolean {
  const signed = `?${signedQuery(assetId)}`;
  return search === signed || search.startsWith(`${signed}&`);
}
