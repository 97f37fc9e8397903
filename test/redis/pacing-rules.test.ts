import { afterEach, beforeEach, expect, vi } from 'vitest';
import { createRandom } from '../faults/random.ts';
import { openLocalSide } from '../http/paced-sides.ts';
import { SCENARIOS } from '../http/pacing-scenarios.ts';
import { play, QUOTA } from '../http/play-scenario.ts';
import { RandomAsks } from '../http/random-asks.ts';
import { startRedis } from '../support/redis-server.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { openSharedSide } from './shared-side.ts';

const ASKS = 300;

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

test.each(SCENARIOS)('over Redis: $promise', async (scenario) => {
  await using redis = await startRedis();
  expect(await play(scenario, openSharedSide(redis, QUOTA))).toEqual(scenario.steps.map(({ gets }) => gets));
});

test.each([1, 2, 3, 4])('all replicas do what a process alone does, at random, run %i', async (run) => {
  await using redis = await startRedis();
  const sides = [openLocalSide(QUOTA), openSharedSide(redis, QUOTA)];
  const asks = new RandomAsks(createRandom('pacing-rules', run), sides);
  await asks.run(ASKS);
  expect(asks.got.map(([, shared]) => shared)).toEqual(asks.got.map(([local]) => local));
});
