import { readFileSync, writeFileSync } from 'node:fs';
import { printSchema } from 'graphql';
import { buildSchema } from '../src/schema/schema.ts';

const FILE = 'schema.graphql';
const printed = `${printSchema(buildSchema())}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, printed);
  console.log(`${FILE} is written`);
} else if (readFileSync(FILE, 'utf8') !== printed) {
  console.error(`${FILE} is not what the code says: run "npm run schema" and commit it`);
  process.exitCode = 1;
}
