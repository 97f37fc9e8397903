import { spawnSync } from 'node:child_process';

const named = (folder: string, ...names: readonly string[]): string[] =>
  names.map((name) => `test/${folder}/${name}.test.ts`);

/**
 * The folders of `src` that are mutated, each with tests that hold it and that are quick: every mutant runs those that reach
 * it. What whole gateways are started for is in here only where nothing smaller shows it.
 */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  http: ['test/http/**'],
  cache: [
    'test/cache/index/**',
    ...named(
      'cache',
      'cached-reads',
      'coalesced-reads',
      'memory-budget',
      'sightings',
      'stored-reads',
      'timed-cache',
      'write-epoch',
    ),
  ],
  scenario: [
    'test/scenario/membership/**',
    ...named('scenario/find', 'index', 'index-walk'),
    ...named('scenario', 'calls', 'collections-api', 'cursor', 'explain-failure', 'hmac-sha256', 'http-url'),
    ...named('scenario', 'idempotency-store', 'idempotent-create', 'kept-reads', 'list-slice', 'list-walk'),
    ...named('scenario', 'lists', 'members', 'memory-idempotency-store', 'page-codec', 'parse-input'),
    ...named('scenario', 'passed-rows', 'resource-codec', 'rfc3339', 'search', 'seen-ids', 'settle-write'),
    ...named('scenario', 'sources', 'walk-from-start', 'writer'),
  ],
  redis: [
    ...named('redis', 'late-replies', 'pacing-alone', 'redis-fault', 'redis-idempotency-store'),
    ...named('redis', 'redis-index-store', 'redis-pacing', 'redis-read-store', 'redis-write-epoch'),
    ...named('redis', 'reply-frames'),
  ],
  'server/limits': ['test/server/limits/**', 'test/server/front-door/rate-limit-windows.test.ts'],
  'server/execution': ['test/server/execution/**'],
  'server/answers': named(
    'server/answers',
    'answer-cache',
    'encode-result',
    'exceeds-size',
    'kept-answers',
    'order-errors',
    'present-error',
  ),
};

/** Hands settings to ioredis, and no more: what they do shows over real servers alone (`test/redis/topologies.test.ts`). */
const SETTINGS = ['open-client', 'connect-redis', 'open-redis'].map((name) => `!src/redis/${name}.ts`);

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
    [
      'run',
      '--mutate',
      [`src/${folder}/**/*.ts`, ...SETTINGS].join(','),
      '--testFiles',
      (FOLDERS[folder] ?? []).join(','),
    ],
    { stdio: 'inherit' },
  );
  // Below the threshold: the other folders are looked at all the same.
  if (status !== 0) process.exitCode = 1;
}
