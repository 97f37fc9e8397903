import { readFileSync, writeFileSync } from 'node:fs';
import { writeConfigurationDocument, writeMainVariables } from './configuration-document.ts';

const BLOCK = /(?<=<!-- configuration -->\n).*(?=<!-- \/configuration -->)/s;

const readme = readFileSync('README.md', 'utf8');
if (!BLOCK.test(readme)) throw new Error('README.md has no place for the configuration');
const files: ReadonlyArray<readonly [name: string, text: string]> = [
  ['docs/configuration.md', writeConfigurationDocument()],
  ['README.md', readme.replace(BLOCK, () => `\n${writeMainVariables()}\n\n`)],
];

for (const [name, text] of files) {
  if (!process.argv.includes('--check')) {
    writeFileSync(name, text);
    console.log(`${name} is written`);
  } else if (readFileSync(name, 'utf8') !== text) {
    console.error(`${name} is not what the code says: run "npm run configuration" and commit it`);
    process.exitCode = 1;
  }
}
