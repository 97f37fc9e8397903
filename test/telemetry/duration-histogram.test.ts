import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { type AccountName, DEFAULT_ACCOUNT, isAccountName } from '../../src/shared/brands.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { createRandom, pick } from '../faults/random.ts';

const NAME = 'gateway_operation_duration_seconds';
const BOUNDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const OTHER = 'brand-2';
const random = createRandom(NAME);

/** prom-client's own, and the same in the gateway's metrics. */
function createBoth() {
  const metrics = createMetrics();
  const registry = new Registry();
  const own = new Histogram({
    name: NAME,
    help: 'Time from the arrival of an operation to its answer.',
    labelNames: ['type', 'account'],
    buckets: BOUNDS,
    registers: [registry],
  });
  const observe = (type: string, account: AccountName, durationMs: number): void => {
    own.observe({ type, account }, durationMs / 1_000);
    const observer = metrics.operationStarted(new IncomingMessage(new Socket()), 'request');
    observer.accountKnown(account);
    observer.operationEnded({
      name: null,
      type,
      status: 200,
      errorCodes: [],
      tally: { attempts: 0, retries: 0, shared: 0, cached: 0, stale: 0, staleAgeMs: 0, unconfirmed: 0 },
      durationMs,
      clientDisconnected: false,
    });
  };
  /** The text of prom-client's own, and all families of the gateway's. */
  const scrape = async () => ({
    expected: (await registry.metrics()).trim(),
    families: (await metrics.render()).trim().split('\n\n'),
  });
  return { observe, scrape };
}

const anyDurationMs = (): number =>
  pick(random, [
    0,
    1e9,
    Number.MAX_SAFE_INTEGER,
    pick(random, BOUNDS) * 1_000,
    20 * random(),
    2e4 * random(),
  ]);

test('a scrape shows to the letter what a histogram of prom-client would show of the same durations', async () => {
  if (!isAccountName(OTHER)) throw new Error(`"${OTHER}" is no name of an account`);
  const { observe, scrape } = createBoth();
  const before = await scrape();
  expect(before.families).toContain(before.expected);
  // Series stand in the order of their first observations.
  observe('mutation', OTHER, 10);
  for (let round = 0; round < 3; round += 1) {
    const { expected, families } = await scrape();
    expect(families).toContain(expected);
    for (let index = 0; index < 200; index += 1) {
      observe(pick(random, ['query', 'mutation']), pick(random, [DEFAULT_ACCOUNT, OTHER]), anyDurationMs());
    }
  }
  const after = await scrape();
  expect(after.families).toContain(after.expected);
});
