import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { bearing } from '../server/front-door/keys.ts';
import { collectGarbage } from '../support/collect-garbage.ts';
import { eventually } from '../support/eventually.ts';
import { oneCollection, openFrontDoor } from '../support/front-door.ts';

const NAMES = Array.from({ length: 100 }, (_, index) => `account-${index}`);
const KEPT = { CACHE_TTL_MS: '1000', STALE_IF_ERROR_MS: '1000', UPSTREAM_RATE_PER_MINUTE: '100' };
const MEBIBYTE = 1_048_576;

/** The variables of these accounts, each with a caller whose key is its name. */
const accounts = (names: readonly string[]) => ({
  ...KEPT,
  SCENARIO_ACCOUNTS: JSON.stringify(names.map((name) => ({ name, key: `key-${name}`, secret: 'secret' }))),
  AUTH_MODE: 'api-key',
  AUTH_API_KEYS: JSON.stringify(
    names.map((name) => ({
      name,
      account: name,
      sha256: hash('sha256', name),
      scopes: ['collections:read'],
    })),
  ),
});

const answer = () => oneCollection({ name: 'n'.repeat(100) });
const READ = '{ collection(id: "col_1") { name } }';

function usedBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('an idle account has no socket and takes less than 1 MB, before its first call and after it', {
  timeout: 120_000,
}, async () => {
  // What is loaded and compiled by the first gateway is not counted.
  const warm = await openFrontDoor(answer, accounts(NAMES.slice(0, 2)));
  for (const name of NAMES.slice(0, 2)) await warm.query(READ, {}, bearing(name));
  const before = usedBytes();
  const { query, upstream } = await openFrontDoor(answer, accounts(NAMES));
  expect((usedBytes() - before) / NAMES.length).toBeLessThan(MEBIBYTE);
  expect(upstream.sockets.size).toBe(0);

  for (const name of NAMES) expect((await query(READ, {}, bearing(name))).body.errors).toBeUndefined();
  await eventually('idle sockets are closed', () => upstream.sockets.size === 0, 60_000);
  expect((usedBytes() - before) / NAMES.length).toBeLessThan(MEBIBYTE);
});
