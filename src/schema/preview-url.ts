import type { Asset } from '../scenario/assets/asset.ts';
import { GatewayError } from '../shared/gateway-error.ts';
import { shown } from './shown.ts';

const MIN_WIDTH = 16;
const MAX_WIDTH = 2_048;

/**
 * The address of a small picture of an asset: its thumbnail, or the image itself. The width goes to the very end of what is
 * sent: an address that is signed stays good when something is added there, and nowhere else.
 * @param width in pixels
 * @returns `null` where there is no picture
 * @throws GatewayError for a width that is out of range, and where the only picture cannot be shown
 */
export function previewUrlOf({ thumbnail, kind, url }: Asset, width: number): string | null {
  if (width < MIN_WIDTH || width > MAX_WIDTH) {
    const message = `"width" must be ${MIN_WIDTH} to ${MAX_WIDTH}, but is ${width}.`;
    throw new GatewayError('BAD_USER_INPUT', message);
  }
  const address = thumbnail?.url ?? (kind === 'image' ? url : null);
  if (address) return withWidth(address, width);
  // A picture that cannot be shown is not taken for none.
  shown(thumbnail, 'thumbnail');
  return shown(address, 'url');
}

function withWidth(address: string, width: number): string {
  const fragmentAt = address.indexOf('#');
  const end = fragmentAt === -1 ? address.length : fragmentAt;
  const sent = address.slice(0, end);
  return `${sent}${sent.includes('?') ? '&' : '?'}width=${width}${address.slice(end)}`;
}
