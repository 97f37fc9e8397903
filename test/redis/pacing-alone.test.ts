import { describe, expect, test, vi } from 'vitest';
import type { PacedCall } from '../../src/http/pacing/pacing.ts';
import { ENTER, RECORD, REPORT } from '../../src/redis/pacing-scripts.ts';
import { ATTEMPT_MS, CALL, DOUBT_MS, fakeClocks, openHeard, openPacing, WINDOW_MS } from './open-pacing.ts';
import { settle } from './scripted-client.ts';

fakeClocks();

describe('when Redis does not answer', () => {
  test('a call that can wait asks again ten times a second, until it has been away for half a second', async () => {
    const { enter, state, sent } = await openHeard(1);
    state.isAway = true;
    expect(await enter()).toEqual({ kind: 'waits', waitMs: 100 });
    await vi.advanceTimersByTimeAsync(DOUBT_MS);
    expect(await enter()).toEqual({ kind: 'waits', waitMs: 100 });
    await vi.advanceTimersByTimeAsync(1);
    expect(await enter()).toMatchObject({ kind: 'started' });
    expect(sent(ENTER)).toEqual([]);
  });

  test('the half second begins anew when it has answered in between', async () => {
    const { enter, state } = await openHeard(1);
    for (let turn = 0; turn < 3; turn += 1) {
      state.isAway = true;
      expect(await enter()).toEqual({ kind: 'waits', waitMs: 100 });
      await vi.advanceTimersByTimeAsync(DOUBT_MS - 100);
      state.isAway = false;
      expect(await enter({ id: `${turn}` }, 1, 0, 0, 0)).toMatchObject({ kind: 'started' });
    }
  });

  test.each<[what: string, call: Partial<PacedCall>]>([
    ['cannot wait', { patienceMs: 100 }],
    ['is in the background', { priority: 'background' }],
  ])('a call that %s starts alone at once', async (_what, call) => {
    const { enter, state } = await openHeard(1);
    state.isAway = true;
    expect(await enter(call)).toMatchObject({ kind: 'started' });
  });

  test('a call that cannot wait has no more than is left of the quota', async () => {
    const { enter, state } = await openHeard(2, 9, 4);
    state.isAway = true;
    expect(await enter({ patienceMs: 100 })).toMatchObject({ kind: 'refused' });
  });

  test('the call that finds it out waits for the next answer', async () => {
    const { enter, client, state } = await openHeard(1);
    const turn = enter();
    await settle();
    await client.timeOut(-1);
    expect([await turn, state.suspensions]).toEqual([{ kind: 'waits', waitMs: 100 }, 1]);
  });

  test.each<[what: string, replicas: number, used: [number, number], reads: number]>([
    ['its part of what is left of the quota', 2, [4, 0], 2],
    ['no more than an equal share', 4, [0, 0], 2],
    ['nothing where nothing is left', 2, [9, 0], 0],
  ])(
    'a replica that made no call itself has %s while calls of others count',
    async (_what, replicas, used, reads) => {
      const { client, startAlone, state } = await openHeard(replicas, ...used);
      state.isAway = true;
      client.lose();
      expect(await startAlone('read', 1)).toBe(reads);
    },
  );

  test('it goes on with what it has used itself', async () => {
    const { client, enter, startAlone, state } = await openHeard(2);
    for (let call = 1; call <= 3; call += 1) await enter({ id: `${call}` }, 1, 0, 0, 0);
    await vi.advanceTimersByTimeAsync(1_000);
    await client.answer(-1, 2, WINDOW_MS, 6, 0);
    state.isAway = true;
    client.lose();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await startAlone('read', 10)).toBe(1);
  });

  test('a window and an attempt later it has an equal share, and one read at least', async () => {
    for (const [replicas, reads, writes] of [
      [2, 4, 2],
      [20, 1, 0],
    ] as const) {
      const { client, startAlone, state } = await openHeard(replicas, 8, 4);
      state.isAway = true;
      client.lose();
      await vi.advanceTimersByTimeAsync(WINDOW_MS + ATTEMPT_MS - 1);
      expect(await startAlone('read', 100)).toBe(0);
      await vi.advanceTimersByTimeAsync(2_001);
      expect([await startAlone('read', 200), await startAlone('write', 300)]).toEqual([reads, writes]);
    }
  });

  test('also where Redis is lost a second time meanwhile', async () => {
    const { client, startAlone, state } = await openHeard(2, 8, 4);
    state.isAway = true;
    client.lose();
    await vi.advanceTimersByTimeAsync(WINDOW_MS);
    client.lose();
    await vi.advanceTimersByTimeAsync(ATTEMPT_MS);
    expect(await startAlone('read', 1)).toBe(4);
  });

  test('more replicas than are heard of again may be there until all have told what they did', async () => {
    const { client, startAlone, state, answer } = await openHeard(4);
    client.lose();
    await vi.advanceTimersByTimeAsync(1_000);
    for (const reply of [[], [1, WINDOW_MS, 0, 0]]) await answer(...reply);
    state.isAway = true;
    client.lose();
    await vi.advanceTimersByTimeAsync(WINDOW_MS + ATTEMPT_MS);
    expect(await startAlone('read', 1)).toBe(2);
  });

  test('a call that was cancelled gives its place to the next', async () => {
    const { enter, pacing, state } = await openHeard(8);
    state.isAway = true;
    await vi.advanceTimersByTimeAsync(DOUBT_MS + 1);
    await enter({ patienceMs: 0 });
    const waiting = { id: '2', patienceMs: 2 * WINDOW_MS };
    const first = await enter(waiting);
    pacing.cancel({ ...CALL, ...waiting });
    expect(await enter({ id: '3', key: 'other', patienceMs: 2 * WINDOW_MS })).toEqual(first);
  });

  test('one that was never told how many there are takes them to be four', async () => {
    const { startAlone } = openPacing({ isAway: true });
    await vi.advanceTimersByTimeAsync(WINDOW_MS + ATTEMPT_MS);
    expect(await startAlone('read', 1)).toBe(2);
  });

  test('how many calls are left is what it may make itself', async () => {
    const { client, enter, pacing, state } = await openHeard(2);
    state.isAway = true;
    client.lose();
    await enter({ patienceMs: 0 });
    expect(pacing.callsLeft()).toEqual({ read: 3, write: 5 });
  });
});

/** A replica that has made a call of each part alone. */
async function openAlone(loses: boolean) {
  const opened = await openHeard(1);
  opened.state.isAway = true;
  if (loses) opened.client.lose();
  await vi.advanceTimersByTimeAsync(DOUBT_MS + 1);
  await opened.enter({ id: 'w', priority: 'write' });
  await vi.advanceTimersByTimeAsync(DOUBT_MS + 1);
  const turns = [await opened.enter({ id: 'r' }), await opened.enter({ id: 'w', priority: 'write' })];
  expect(turns).toMatchObject([
    { kind: 'started', part: 'reads' },
    { kind: 'started', part: 'writes' },
  ]);
  for (const turn of turns) if (turn.kind === 'started') turn.end(true);
  expect(opened.sent(RECORD)).toEqual([]);
  await vi.advanceTimersByTimeAsync(10_000);
  opened.state.isAway = false;
  return opened;
}

/** Answers what Redis is asked, all of it since it is back. */
function answering({ client }: Awaited<ReturnType<typeof openAlone>>) {
  let answered = client.sent.length;
  return async (forMs: number): Promise<void> => {
    for (let passedMs = 0; passedMs <= forMs; passedMs += 1_000) {
      for (; answered < client.sent.length; answered += 1)
        await client.answer(answered, ...(client.at(answered).script === REPORT ? [1, WINDOW_MS, 0, 0] : []));
      if (passedMs < forMs) await vi.advanceTimersByTimeAsync(1_000);
    }
  };
}

describe('when Redis is back', () => {
  test('what was done alone is told first, and calls are asked for again then', async () => {
    const opened = await openAlone(false);
    const { enter, sent, client } = opened;
    const goOn = answering(opened);
    expect(await enter({ id: 'alone', priority: 'background' })).toMatchObject({ kind: 'started' });
    await goOn(0);
    const told = client.sent.map((_, turn) => client.at(turn));
    expect(told.slice(-3).map(({ key }) => key.split(':').at(-1))).toEqual(['reads', 'writes', 'replicas']);
    const [reads, writes] = sent(RECORD).filter(({ args }) => /-[rw]$/.test(args[1] ?? ''));
    expect([reads?.args[2], writes?.args[2]]).toEqual(['50000', '50000']);
    void enter({ id: 'asked' });
    await settle();
    expect(sent(ENTER)).toHaveLength(1);
  });

  test('and may have forgotten, it is told of each call, and asked for none, for a window and an attempt', async () => {
    const opened = await openAlone(true);
    const { enter, sent } = opened;
    const goOn = answering(opened);
    await goOn(3_000);
    expect(await enter({ id: 'alone' })).toMatchObject({ kind: 'started' });
    expect(sent(RECORD).at(-1)?.args.slice(1)).toEqual([expect.stringMatching(/-alone$/), '61001']);
    await goOn(WINDOW_MS + ATTEMPT_MS - 5_000);
    expect(await enter({ id: 'still' })).toMatchObject({ kind: 'started' });
    expect(sent(ENTER)).toEqual([]);
    await goOn(5_000);
    void enter({ id: 'asked' });
    await settle();
    expect(sent(ENTER)).toHaveLength(1);
  });

  test('again, and was only away this time, calls are asked for at once', async () => {
    const opened = await openAlone(true);
    const { enter, sent, state } = opened;
    const goOn = answering(opened);
    await goOn(WINDOW_MS + ATTEMPT_MS + 2_000);
    state.isAway = true;
    await enter({ id: 'alone', patienceMs: 0 });
    state.isAway = false;
    await goOn(2_000);
    expect(sent(ENTER)).toEqual([]);
    void enter({ id: 'asked' });
    await settle();
    expect(sent(ENTER)).toHaveLength(1);
  });
});
