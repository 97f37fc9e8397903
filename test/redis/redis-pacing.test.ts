import { describe, expect, test, vi } from 'vitest';
import type { PacedCall, Turn } from '../../src/http/pacing/pacing.ts';
import { CANCEL, ENTER, RECORD, REPORT, THROTTLE } from '../../src/redis/pacing-scripts.ts';
import { CALL, fakeClocks, openHeard, openPacing, WINDOW_MS } from './open-pacing.ts';

fakeClocks();

describe('each replica tells that it is there', () => {
  test('at once and sixty times a window, with a name of its own that lasts for fifteen of these', async () => {
    const { sent, answer, pacing } = openPacing();
    for (let turn = 1; turn <= 3; turn += 1) {
      expect(sent(REPORT)).toHaveLength(turn);
      await answer(2, WINDOW_MS, 3, 1);
      await vi.advanceTimersByTimeAsync(WINDOW_MS / 60);
    }
    expect(sent(REPORT)[0]).toMatchObject({
      key: 'scg:pace:1:{scope}:replicas',
      args: [expect.stringMatching(/^[0-9a-f]{8}$/), '15000', '60000'],
    });
    await answer(2, WINDOW_MS, 3, 1);
    pacing.close();
    await vi.advanceTimersByTimeAsync(WINDOW_MS);
    expect(sent(REPORT)).toHaveLength(4);
  });

  test('no more often than that, however many calls it makes', async () => {
    const { enter, sent } = await openHeard(1);
    for (let call = 1; call <= 3; call += 1) await enter({ id: `${call}` }, 1, 0, 0, 0);
    expect(sent(REPORT)).toHaveLength(1);
  });

  test('not while it waits for the answer to that, and not while Redis is away', async () => {
    const { sent, state, answer } = openPacing();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent(REPORT)).toHaveLength(1);
    await answer(1, WINDOW_MS, 0, 0);
    state.isAway = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent(REPORT)).toHaveLength(1);
  });

  test('and hears how many calls are left, which are none in a pause and half right after it', async () => {
    const { pacing, answer } = openPacing();
    const heard = [pacing.callsLeft()];
    for (const reply of [
      [2, WINDOW_MS, 3, 1],
      [2, WINDOW_MS, 9, 1],
      [2, WINDOW_MS, 3, 5],
      [2, 0, 1, 1],
      [2, -1, 0, 0],
    ]) {
      await answer(...reply);
      heard.push(pacing.callsLeft());
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(heard).toEqual([
      { read: 8, write: 12 },
      { read: 5, write: 8 },
      { read: 0, write: 3 },
      { read: 5, write: 5 },
      { read: 3, write: 4 },
      { read: 0, write: 0 },
    ]);
  });

  test.each([[[1, 0, 0]], [['1', 0, 0, 0]], [[1, 0, 0.5, 0]]])(
    'and does not believe what is no answer to that: %j',
    async (reply) => {
      const { answer, state } = openPacing();
      await answer(...reply);
      expect(state.suspensions).toBe(1);
    },
  );
});

describe('a call', () => {
  test('is asked for with what it may use, how long it lasts, and how long it can wait', async () => {
    const { enter, sent } = await openHeard(1);
    await enter({}, 1, 0, 0, 0);
    await enter({ id: '2', priority: 'write', patienceMs: 2.5 }, 1, 0, 0, 0);
    await enter({ id: '3', priority: 'background' }, 1, 0, 0, 0);
    const asked = sent(ENTER).map(({ key, args }) => [key].concat(args.slice(1)));
    const common = ['scg:pace:1:{scope}:pause', 'ada', 'key', '60000', '1001'];
    expect(asked).toEqual([
      [...common, '3000', '1', '8'],
      [...common, '2', '1', '4', '8'],
      [...common, '3000', '0', '4'],
    ]);
    const names = sent(ENTER).map(({ args }) => String(args[0]));
    expect(names.map((name) => name.split('-')[1])).toEqual(['1', '2', '3']);
    expect(new Set(names.map((name) => name.split('-')[0]))).toEqual(new Set([sent(REPORT)[0]?.args[0]]));
  });

  test.each([
    ['the part that was its best', 1, 'writes'],
    ['the other', 2, 'reads'],
  ])('that starts in %s is told to have ended, with whether it counts', async (_which, index, part) => {
    const { enter, sent, answer } = await openHeard(1);
    for (const wasSent of [true, false]) {
      const turn = await enter({ id: String(wasSent), priority: 'write' }, index, 0, 0, 0);
      expect(turn).toMatchObject({ kind: 'started', part });
      if (turn.kind === 'started') turn.end(wasSent);
      await answer();
    }
    expect(sent(RECORD).map(({ key, args }) => [key, args[0], args[2]])).toEqual([
      [`scg:pace:1:{scope}:${part}`, '60000', '60000'],
      [`scg:pace:1:{scope}:${part}`, '60000', '0'],
    ]);
    expect(sent(RECORD)[0]?.args[1]).toBe(sent(ENTER)[0]?.args[0]);
  });

  test.each<[what: string, call: Partial<PacedCall>, reply: readonly unknown[], turn: Turn]>([
    ['waits as long as it can', {}, [0, 3_000, 0, 1], { kind: 'waits', waitMs: 3_000 }],
    ['comes back for its slot', {}, [0, 3_001, 1, 1], { kind: 'refused', retryAfterMs: 3_001 }],
    [
      'does not wait in the background',
      { priority: 'background' },
      [0, 1_000, 1, 0],
      { kind: 'refused', retryAfterMs: 1_000 },
    ],
  ])('%s', async (_what, call, reply, turn) => {
    const { enter } = await openHeard(1);
    expect(await enter(call, ...reply)).toEqual(turn);
  });

  test('for which no slot is kept comes back at a time of its own, within a window', async () => {
    const { enter } = await openHeard(1);
    const times: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const refused = await enter({ id: String(turn) }, 0, 4_000, 1, 0);
      if (refused.kind === 'refused') times.push(refused.retryAfterMs);
    }
    expect(new Set(times).size).toBe(5);
    for (const time of times) {
      expect(time).toBeGreaterThan(4_000);
      expect(time).toBeLessThanOrEqual(4_000 + WINDOW_MS);
    }
  });

  test('of whose end Redis cannot be told lets it be asked nothing for a while', async () => {
    const { enter, client, state } = await openHeard(1);
    const turn = await enter({}, 1, 0, 0, 0);
    if (turn.kind === 'started') turn.end(true);
    await client.timeOut(-1);
    expect(state.suspensions).toBe(1);
  });

  test('that is not wanted any more gives its slots back', async () => {
    const { pacing, sent, client } = await openHeard(1);
    pacing.cancel(CALL);
    expect(sent(CANCEL)).toMatchObject([{ args: [expect.stringMatching(/-1$/), 'ada', 'key'] }]);
    expect(client.sent.at(-1)?.args.slice(1, 4)).toEqual([
      '2',
      'scg:pace:1:{scope}:reads:slots',
      'scg:pace:1:{scope}:writes:slots',
    ]);
  });

  test.each([[['1', 0, 0, 0]], [[1, 0, 0]], [[1, 0, 0.5, 0]]])(
    'starts alone where it is given what is no turn: %j',
    async (reply) => {
      const { enter, state } = await openHeard(1);
      expect(await enter({ priority: 'background' }, ...reply)).toMatchObject({ kind: 'started' });
      expect(state.suspensions).toBe(1);
    },
  );
});

test('calls are told from those of other parts, and of nothing nothing is told', async () => {
  const { enter, client, sent } = await openHeard(1);
  await enter({ priority: 'write' }, 1, 0, 0, 0);
  expect(client.sent.at(-1)?.args.slice(1, 7).map(String)).toEqual([
    '5',
    'scg:pace:1:{scope}:pause',
    'scg:pace:1:{scope}:writes',
    'scg:pace:1:{scope}:writes:slots',
    'scg:pace:1:{scope}:reads',
    'scg:pace:1:{scope}:reads:slots',
  ]);
  expect(client.sent[0]?.args.slice(1, 8).map(String)).toEqual([
    '6',
    'scg:pace:1:{scope}:replicas',
    'scg:pace:1:{scope}:pause',
    'scg:pace:1:{scope}:reads',
    'scg:pace:1:{scope}:reads:slots',
    'scg:pace:1:{scope}:writes',
    'scg:pace:1:{scope}:writes:slots',
  ]);
  client.lose();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent(RECORD).filter(({ args }) => args.length < 3)).toEqual([]);
});

test('a pause holds here and is told to all, rounded up', async () => {
  const { pacing, sent, enter, state } = await openHeard(1);
  pacing.throttled(1_500.2);
  expect(sent(THROTTLE)).toMatchObject([{ key: 'scg:pace:1:{scope}:pause', args: ['1501', '60000'] }]);
  state.isAway = true;
  expect(await enter({ patienceMs: 100 })).toMatchObject({ kind: 'refused' });
});
