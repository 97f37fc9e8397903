import { describe, expect, it } from 'vitest';
import { parseApiKeys } from '../../src/config/parse-api-keys.ts';

const SHA256 = '0123456789abcdefABCDEF0123456789abcdefABCDEF0123456789abcdef0123';
const KEY = { name: 'studio', sha256: SHA256, scopes: ['collections:read'] };
const OTHER = { ...KEY, name: 'reader', sha256: SHA256.replaceAll('0', '9') };

const parse = (value: unknown) => parseApiKeys(JSON.stringify(value));

describe('the list of API keys', () => {
  it.each([
    ['one key', [KEY]],
    ['several', [KEY, OTHER]],
    ['a key that may do nothing', [{ ...KEY, scopes: [] }]],
    ['a key with an account', [{ ...KEY, account: 'studio-1' }]],
    ['a name of 64 characters of any script', [{ ...KEY, name: 'é 木'.repeat(16) }]],
  ])('may hold %s', (_what, keys) => {
    expect(parse(keys)).toEqual({ ok: true, value: keys });
  });

  it.each([
    ['no JSON', 'marker', ['must be a JSON array of {"name","sha256","scopes","account"?}']],
    ['empty', '', ['must be a JSON array of {"name","sha256","scopes","account"?}']],
    ['no array', JSON.stringify(KEY), ['must be a JSON array of {"name","sha256","scopes","account"?}']],
    ['without a key', '[]', ['must hold at least one key']],
  ])('is refused when it is %s', (_what, json, failure) => {
    expect(parseApiKeys(json)).toEqual({ ok: false, failure });
  });

  it.each([
    ['no object', 'marker', /^\[1\] must be an object/],
    [
      'an object with another field',
      { ...OTHER, marker: 'marker' },
      /^\[1\] must be an object .* nothing else$/,
    ],
    ['without a name', { ...OTHER, name: undefined }, /^\[1\]\.name must be/],
    ['with an empty name', { ...OTHER, name: '' }, /^\[1\]\.name must be/],
    ['with a blank name', { ...OTHER, name: '  ' }, /^\[1\]\.name must be/],
    ['with a name of 65 characters', { ...OTHER, name: 'markermarkerm'.repeat(5) }, /^\[1\]\.name must be/],
    ['with a line break in its name', { ...OTHER, name: 'marker\n' }, /^\[1\]\.name must be/],
    ['with a name that turns the text', { ...OTHER, name: 'marker\u202e' }, /^\[1\]\.name must be/],
    ['with the name of another', { ...OTHER, name: KEY.name }, /^\[1\]\.name is that of an earlier/],
    ['with no digest', { ...OTHER, sha256: undefined }, /^\[1\]\.sha256 must be/],
    ['with the key in place of the digest', { ...OTHER, sha256: 'marker' }, /^\[1\]\.sha256 must be/],
    [
      'with a digest that ends in a line break',
      { ...OTHER, sha256: `${SHA256}\n` },
      /^\[1\]\.sha256 must be/,
    ],
    ['with the digest of another', { ...OTHER, sha256: SHA256.toUpperCase() }, /^\[1\]\.sha256 is that of/],
    ['without scopes', { ...OTHER, scopes: undefined }, /^\[1\]\.scopes must be a list/],
    ['with scopes in a string', { ...OTHER, scopes: 'collections:read' }, /^\[1\]\.scopes must be a list/],
    ['with an account that is no name', { ...OTHER, account: ['marker'] }, /^\[1\]\.account must be/],
    ['with an unknown scope', { ...OTHER, scopes: ['marker'] }, /^\[1\]\.scopes\[0\] must be one of collect/],
  ])('is refused when one is %s, in words that do not quote it', (_what, other, problem) => {
    expect(parse([KEY, other])).toEqual({ ok: false, failure: [expect.stringMatching(problem)] });
    expect(JSON.stringify(parse([KEY, other]))).not.toContain('marker');
  });

  it('is refused with every problem at once', () => {
    const { failure } = {
      failure: [],
      ...parse([
        { ...KEY, name: '', sha256: '' },
        { ...KEY, scopes: [1, 2] },
      ]),
    };
    expect(failure).toHaveLength(4);
  });
});
