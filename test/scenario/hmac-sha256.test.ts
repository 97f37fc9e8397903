import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHmacSha256 } from '../../src/scenario/hmac-sha256.ts';

test('it is HMAC-SHA-256, for any key of up to a block and any message', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 300 }), (key, message) => {
      const expected = createHmac('sha256', key).update(message).digest('hex');
      expect(createHmacSha256(key)(message).toString('hex')).toBe(expected);
    }),
  );
});

test('a longer key is refused, instead of being cut', () => {
  expect(() => createHmacSha256(new Uint8Array(65))).toThrow('64 bytes');
});
