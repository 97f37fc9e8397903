import { readFileSync, writeFileSync } from 'node:fs';
import { writeFaultDocument } from '../test/faults/fault-document.ts';

const FILE = new URL('../docs/faults.md', import.meta.url);
const text = writeFaultDocument();

if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (readFileSync(FILE, 'utf8') !== text) {
  console.error('docs/faults.md is not what the fault suite says: run `node scripts/write-fault-table.ts`.');
  process.exitCode = 1;
}
