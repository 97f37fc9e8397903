import { readFileSync } from 'node:fs';
import { test } from 'vitest';

const isThere = readOrNull('.venv/requirements.txt') === readFileSync('test/sdk/requirements.txt', 'utf8');
const mayLack = process.env['CI'] === undefined;

if (!isThere && mayLack) {
  process.stderr.write(
    "\n!!! Scenario's Python client is not installed (test/sdk/install): its tests are NOT RUN\n\n",
  );
}

/** A test that needs Scenario's own Python client. Where it is not installed it is passed over, loudly; in CI it fails. */
export const sdkTest = test.skipIf(!isThere && mayLack);

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
