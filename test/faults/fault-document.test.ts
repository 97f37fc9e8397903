import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { writeFaultDocument } from './fault-document.ts';

test('docs/faults.md says what the suite checks', () => {
  const written = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');
  expect(written, 'run `node scripts/write-fault-table.ts`').toBe(writeFaultDocument());
});
