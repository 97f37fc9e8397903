import { expect } from 'vitest';
import { startRedis } from '../../support/redis-server.ts';
import { redisTest as test } from '../../support/redis-test.ts';
import { openShare } from '../open-share.ts';

const ENDS_IN_MS = 300_000;

test('who leads a walk tells the others when it will be over', async () => {
  await using redis = await startRedis();
  const share = await openShare(redis, 0);
  const store = share.openIndexStore({ name: 'things', form: '1' });
  expect(await store.lead('one', null)).toEqual({ isHeld: true });
  expect(await store.lead('other', null)).toEqual({ isHeld: false, endsInMs: null });
  expect(await store.lead('one', ENDS_IN_MS)).toEqual({ isHeld: true });
  const answer = await store.lead('other', null);
  if (answer.isHeld || answer.endsInMs === null) throw new Error('the end is not told');
  expect(answer.endsInMs).toBeGreaterThan(ENDS_IN_MS / 2);
  expect(answer.endsInMs).toBeLessThanOrEqual(ENDS_IN_MS);
  await store.endLead('one');
  expect(await store.lead('other', null)).toEqual({ isHeld: true });
});
