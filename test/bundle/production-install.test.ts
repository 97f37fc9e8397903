import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readSources } from '../support/source-files.ts';

const { dependencies } = z
  .object({ dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

/** What `npm run build` runs. */
const BUILD = ['scripts/build.ts', 'scripts/graphiql-assets.ts'];
// Development runs from the sources; the bundle leaves it out.
const DEVELOPMENT = 'pino-pretty';

/** The package that an import names. */
function packageOf(target: string): string {
  return target.split('/', target.startsWith('@') ? 2 : 1).join('/');
}

// With NODE_ENV=production, npm ci installs no package of development, and builds all the same.
test('what the build runs and bundles is installed in production too', () => {
  const scripts = readSources('scripts').filter(({ path }) => BUILD.includes(path));
  expect(scripts.map(({ path }) => path).toSorted()).toEqual(BUILD);
  const needed = [...readSources('src'), ...scripts]
    .flatMap(({ imports }) => imports)
    .filter(({ isOwn, target }) => !isOwn && !isBuiltin(target))
    .map(({ target }) => packageOf(target));
  expect(needed).toContain('rolldown');
  expect(needed.filter((name) => name !== DEVELOPMENT && !(name in dependencies))).toEqual([]);
});
