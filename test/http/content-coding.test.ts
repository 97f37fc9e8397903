import { expect, test } from 'vitest';
import { isEncoded } from '../../src/http/content-coding.ts';

const CODINGS = 'gzip x-gzip compress x-compress deflate br zstd dcb dcz exi aes128gcm pack200-gzip'.split(
  ' ',
);

test.each(CODINGS)('%s is a coding, among others too', (coding) => {
  expect(isEncoded({ 'content-encoding': coding })).toBe(true);
  expect(isEncoded({ 'content-encoding': `identity , ${coding.toUpperCase()}` })).toBe(true);
  expect(isEncoded({ 'content-encoding': ['identity', coding] })).toBe(true);
});

test.each([undefined, '', 'identity', 'utf-8', 'none', 'application/gzip', ['identity', 'utf-8']])(
  '%j changes no byte',
  (value) => {
    expect(isEncoded({ 'content-encoding': value })).toBe(false);
  },
);
