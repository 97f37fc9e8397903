import { hkdfSync, timingSafeEqual } from 'node:crypto';
import { createHmacSha256 } from './hmac-sha256.ts';

/** Seals bytes as text that nobody can alter; everybody can read them. */
export interface Sealer {
  seal(payload: Buffer): string;
  /** `null` for whatever was not sealed by a sealer of the same context. */
  open(text: string): Buffer | null;
}

const MAC_BYTES = 16;
const MAX_LENGTH = 8_192;
const BASE64_URL = /^[A-Za-z0-9_-]+$/;

/**
 * Gives sealers that share a key, which is derived from the secret: every replica with the same credentials opens what one
 * of them has sealed.
 * @param purpose names what is sealed, for which credential and project
 */
export function createSealers(secret: string, purpose: readonly unknown[]): (context: string) => Sealer {
  const hmac = createHmacSha256(Buffer.from(hkdfSync('sha256', secret, '', JSON.stringify(purpose), 32)));
  return (context) => {
    const suffix = Buffer.from(context);
    const sign = (payload: Buffer): Buffer =>
      hmac(suffix.length === 0 ? payload : Buffer.concat([payload, suffix])).subarray(0, MAC_BYTES);
    return {
      seal: (payload) => Buffer.concat([payload, sign(payload)]).toString('base64url'),
      open: (text) => {
        const sealed = readSealed(text);
        return sealed && timingSafeEqual(sign(sealed.payload), sealed.mac) ? sealed.payload : null;
      },
    };
  };
}

/** The first bytes of what was sealed, and the length of the whole, before the seal is verified. */
export interface SealedHead {
  readonly head: Buffer;
  readonly bytes: number;
}

/** @param headBytes how many bytes are read; @returns `null` for what cannot be sealed text */
export function peekSealed(text: string, headBytes: number): SealedHead | null {
  const bytes = Math.floor((text.length * 3) / 4) - MAC_BYTES;
  if (bytes <= 0 || text.length > MAX_LENGTH || !BASE64_URL.test(text)) return null;
  const head = Buffer.from(text.slice(0, Math.ceil((headBytes * 4) / 3)), 'base64url');
  return { head: head.subarray(0, bytes), bytes };
}

function readSealed(text: string): { readonly payload: Buffer; readonly mac: Buffer } | null {
  if (text.length > MAX_LENGTH) return null;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length <= MAC_BYTES || bytes.toString('base64url') !== text) return null;
  return { payload: bytes.subarray(0, -MAC_BYTES), mac: bytes.subarray(-MAC_BYTES) };
}
