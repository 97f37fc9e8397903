import { hash } from 'node:crypto';

// MD5, SHA-1, SHA-256 and SHA-512: the compilers of clients let their users choose.
const ID = /^(?:sha256:)?([0-9a-f]{32,128})$/i;

/**
 * The one form of a document's id: the hex digits of its hash, in lower case.
 * @param id with or without the prefix `sha256:`, of any case
 * @returns `null` for what can be no id
 */
export function normalizeId(id: string): string | null {
  return ID.exec(id)?.[1]?.toLowerCase() ?? null;
}

/** The id that a document has when nobody gave it another: hex SHA-256 of its UTF-8. */
export function idOf(text: string): string {
  return hash('sha256', text);
}
