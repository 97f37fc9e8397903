import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHmacSha256 } from '../../src/scenario/hmac-sha256.ts';

test('it is HMAC-SHA-256, for any key of up to a block and any messages one after the other', () => {
  const messages = fc.array(fc.uint8Array({ maxLength: 2_000 }), { size: 'small' });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), messages, (key, all) => {
      const hmac = createHmacSha256(key);
      const expected = all.map((message) => createHmac('sha256', key).update(message).digest('hex'));
      expect(all.map((message) => hmac(message).toString('hex'))).toEqual(expected);
    }),
  );
});

test('a key may take a whole block', () => {
  const key = new Uint8Array(64).fill(7);
  expect(createHmacSha256(key)(key)).toEqual(createHmac('sha256', key).update(key).digest());
});

test('a longer key is refused, instead of being cut', () => {
  expect(() => createHmacSha256(new Uint8Array(65))).toThrow('64 bytes');
});
