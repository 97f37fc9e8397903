import { readFileSync } from 'node:fs';
import { assertEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema } from '../../src/schema/schema.ts';

const CODES = assertEnumType(buildSchema().getType('ErrorCode'))
  .getValues()
  .map(({ name }) => name);

describe('every code of an error', () => {
  it.each(['README.md', 'docs/operating.md'])('is explained in %s', (path) => {
    const document = readFileSync(path, 'utf8');
    expect(CODES.filter((code) => !document.includes(`\`${code}\``))).toEqual([]);
  });
});
