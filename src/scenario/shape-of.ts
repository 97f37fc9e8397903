import { hash } from 'node:crypto';
import type { TSchema } from 'typebox';

const SHAPE_LENGTH = 12;

/** Names the form of what is stored: another one for any change of these schemas. */
export function shapeOf(...schemas: readonly TSchema[]): string {
  return hash('sha256', JSON.stringify(schemas), 'base64url').slice(0, SHAPE_LENGTH);
}
