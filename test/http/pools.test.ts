import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Call } from '../../src/http/call.ts';
import { createPools, type Pools } from '../../src/http/pools.ts';
import { CREATE, READ, READ_BY_POST, UPDATE } from './calls.ts';

let pools: Pools;

// No socket is opened, as nothing is sent.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  pools = createPools({ baseUrl: new URL('http://upstream.test/v1'), proxy: null, timeoutMs: 5_000 });
});

afterEach(() => vi.useRealTimers());

test('calls that may be repeated share connections; one that may not has others', () => {
  const [shared, ...same] = [READ, READ_BY_POST, UPDATE].map((call) => pools.for(call));
  expect(same.every((connections) => connections === shared)).toBe(true);
  expect(pools.for(CREATE)).not.toBe(shared);
});

test.each<[how: string, call: Call, maxIdleMs: number, next: 'first' | 'second']>([
  ['rests for up to 4 s, so that those of a burst are closed', READ, 4_000, 'second'],
  ['never meets a socket that the upstream may just be closing', CREATE, 10, 'first'],
])('a connection %s: $method', (_how, call, maxIdleMs, next) => {
  const connections = pools.for(call);
  const [first, second] = [connections.take(), connections.take()];
  for (const connection of [first, second]) connections.giveBack(connection, true);
  vi.advanceTimersByTime(maxIdleMs - 1);
  const taken = connections.take();
  expect(taken).toBe({ first, second }[next]);
  connections.giveBack(taken, true);
  vi.advanceTimersByTime(maxIdleMs);
  expect([first, second]).not.toContain(connections.take());
});

test('all are closed together', async () => {
  const taken = [READ, CREATE].map((call) => pools.for(call).take());
  const destroyed = taken.map(({ dispatcher }) => vi.spyOn(dispatcher, 'destroy'));
  await pools.close();
  for (const destroy of destroyed) expect(destroy).toHaveBeenCalled();
});
