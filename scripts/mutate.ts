import { spawnSync } from 'node:child_process';

/** The folders of `src` that are mutated, each with the tests that hold it. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  http: [
    'test/http/**',
    'test/scenario/failure-hints.test.ts',
    ...['connect', 'echoes', 'exchanges', 'out-of-step', 'proxy', 'short-deadlines'].map(
      (name) => `test/faults/${name}.test.ts`,
    ),
  ],
  cache: [
    'test/cache/**',
    'test/scenario/cache.test.ts',
    'test/scenario/stale.test.ts',
    'test/scenario/find/**',
  ],
  scenario: ['test/scenario/**', 'test/schema/**', 'test/contents/**'],
  redis: ['test/redis/**'],
  'server/limits': ['test/server/front-door/**', 'test/server/cost.test.ts', 'test/server/auth/**'],
  'server/execution': ['test/server/execution/**', 'test/server/front-door/**', 'test/differential/**'],
  'server/answers': ['test/server/answers/**', 'test/server/*.test.ts', 'test/differential/lanes.test.ts'],
};

const folders = process.argv.slice(2);
const unknown = folders.filter((folder) => FOLDERS[folder] === undefined);
if (unknown.length > 0) {
  console.error(
    `There is no folder ${unknown.join(' and no ')}: name some of ${Object.keys(FOLDERS).join(', ')}.`,
  );
  process.exit(1);
}
for (const folder of folders.length > 0 ? folders : Object.keys(FOLDERS)) mutate(folder);

function mutate(folder: string): void {
  console.log(`\nsrc/${folder}`);
  const { status } = spawnSync(
    'stryker',
    ['run', '--mutate', `src/${folder}/**/*.ts`, '--testFiles', (FOLDERS[folder] ?? []).join(',')],
    { stdio: 'inherit' },
  );
  // Below the threshold: the other folders are looked at all the same.
  if (status !== 0) process.exitCode = 1;
}
