import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const FOLDER = 'test/clients/snippets/';

const files = readdirSync(new URL(FOLDER, ROOT)).map((name) => FOLDER + name);

it('every snippet begins with its own path', () => {
  const firstLines = files.map((file) => readFileSync(new URL(file, ROOT), 'utf8').split('\n')[0]);
  expect(firstLines).toEqual(files.map((file) => `// ${file}`));
});

it('the page on clients shows the snippets that are tested', () => {
  const page = readFileSync(new URL('docs/clients.md', ROOT), 'utf8');
  const shown = [...page.matchAll(/^```ts\n(\/\/ test\/clients\/snippets\/[^]*?)^```$/gm)].map(
    ([, block]) => block,
  );
  const tested = files.map((file) => readFileSync(new URL(file, ROOT), 'utf8'));
  expect(new Set(shown)).toEqual(new Set(tested));
});
