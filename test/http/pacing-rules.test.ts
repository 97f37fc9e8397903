import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLocalSide } from './paced-sides.ts';
import { SCENARIOS } from './pacing-scenarios.ts';
import { play, QUOTA } from './play-scenario.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

test.each(SCENARIOS)('$promise', async (scenario) => {
  expect(await play(scenario, openLocalSide(QUOTA))).toEqual(scenario.steps.map(({ gets }) => gets));
});
