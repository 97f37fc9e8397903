import { writeFileSync } from 'node:fs';
import { writeFaultDocument } from '../test/faults/fault-document.ts';

writeFileSync(new URL('../docs/faults.md', import.meta.url), writeFaultDocument());
