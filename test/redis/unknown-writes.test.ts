import { expect } from 'vitest';
import { ENV, openLateUpstream, SEEN, writeLate } from '../cache/late-create.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { openPair } from './replica-pair.ts';

test('no replica keeps what it read while the write of any could still arrive', async () => {
  const { answer, arrive } = openLateUpstream();
  const { first, second, reads } = await openPair(answer, ENV);
  expect(await writeLate(first, [first, second], arrive, reads)).toEqual(SEEN);
});
