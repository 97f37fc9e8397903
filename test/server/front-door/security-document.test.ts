import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const document = readFileSync('SECURITY.md', 'utf8');
const rows = document.split('\n').filter((line) => line.startsWith('|') && line.includes('`test/'));
const testsIn = (text: string) => [...text.matchAll(/`(test\/[^`]+)`/g)].map((match) => match[1] ?? '');

it('every test that SECURITY.md names is there', () => {
  expect(rows.length).toBeGreaterThan(15);
  expect(testsIn(document).filter((path) => !existsSync(path))).toEqual([]);
});

it('every test of the front door holds a promise of SECURITY.md', () => {
  const folder = 'test/server/front-door';
  const files = readdirSync(folder).filter(
    (name) => name.endsWith('.test.ts') && name !== 'security-document.test.ts',
  );
  expect(testsIn(document)).toEqual(expect.arrayContaining(files.map((name) => `${folder}/${name}`)));
});
