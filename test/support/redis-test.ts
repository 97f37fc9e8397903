import { spawnSync } from 'node:child_process';
import { test } from 'vitest';

const isThere = spawnSync('redis-server', ['--version']).status === 0;
const mayLack = process.env['CI'] === undefined;

if (!isThere && mayLack) {
  process.stderr.write(
    '\n!!! redis-server is not installed (apt-get install redis-server): its tests are NOT RUN\n\n',
  );
}

/** A test over a real Redis. Where there is none it is passed over, loudly; in CI it fails. */
export const redisTest = test.skipIf(!isThere && mayLack);
