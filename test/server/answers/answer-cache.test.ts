import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { everyCollection, type FrontDoor, openFrontDoor } from '../../support/front-door.ts';
import { json, type Reply } from '../../support/scripted-upstream.ts';

const TTL_MS = 60_000;
const READ = 'query Read { collection(id: "col_1") { name } }';
const OTHER_READ = 'query Other { collection(id: "col_1") { id name } }';

const openKeeping = (): Promise<FrontDoor> =>
  openFrontDoor(everyCollection, {
    CACHE_TTL_MS: String(TTL_MS),
    DEADLINE_MS: '600000',
    UPSTREAM_TIMEOUT_MS: '600000',
  });

/** What the log tells of each operation. */
const operationsOf = ({ gateway }: FrontDoor) =>
  gateway.logLines
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(({ msg }) => msg === 'operation');

// Only what tells the time: sockets and their timeouts stay real.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  // At the very beginning of the clock nothing is ever taken for old.
  vi.advanceTimersByTime(1_000);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an answer that is kept', () => {
  it('is given again for as long as it may be, and counts as cached', async () => {
    const door = await openKeeping();
    const first = await door.query(READ);
    vi.advanceTimersByTime(TTL_MS - 1_000);
    expect((await door.query(READ)).text).toBe(first.text);
    expect(door.wire()).toHaveLength(1);
    const [made, kept] = operationsOf(door);
    expect(made).toMatchObject({ operation: 'Read', type: 'query', upstreamCalls: 1, cached: 0 });
    const { operation, type, hash } = made ?? {};
    expect(kept).toMatchObject({ operation, type, hash, upstreamCalls: 0, cached: 1 });
    vi.advanceTimersByTime(2_000);
    await door.query(READ);
    expect(door.wire()).toHaveLength(2);
  });

  it('is as old as the oldest read in it', async () => {
    const door = await openKeeping();
    await door.query(READ);
    vi.advanceTimersByTime(TTL_MS - 10_000);
    await door.query(OTHER_READ);
    expect(door.wire()).toHaveLength(1);
    vi.advanceTimersByTime(20_000);
    await door.query(OTHER_READ);
    expect(door.wire()).toHaveLength(2);
  });

  it('is as old as its request, however long that took', async () => {
    const door = await openKeeping();
    const held: (() => void)[] = [];
    door.upstream.answer = (request) =>
      new Promise<Reply>((resolve) => held.push(() => resolve(everyCollection(request))));
    const slow = door.query(READ);
    await eventually('the read is sent', () => held.length === 1);
    vi.advanceTimersByTime(TTL_MS / 2);
    door.upstream.answer = everyCollection;
    held[0]?.();
    await slow;
    vi.advanceTimersByTime(TTL_MS / 2 + 1_000);
    await door.query(READ);
    expect(door.wire()).toHaveLength(2);
  });

  it('is written in the media type that is asked for', async () => {
    const { query } = await openKeeping();
    for (const accept of ['application/json', 'application/graphql-response+json', 'application/json']) {
      const { headers } = await query(READ, {}, { headers: { accept } });
      expect(headers.get('content-type')).toBe(`${accept}; charset=utf-8`);
    }
  });
});

describe('what is not kept', () => {
  it('is an answer with an error in it', async () => {
    const door = await openKeeping();
    door.upstream.answer = () => json({ reason: 'no' }, 403);
    expect((await door.query(READ)).body.errors).toHaveLength(1);
    door.upstream.answer = everyCollection;
    expect((await door.query(READ)).body.errors).toBeUndefined();
  });

  it('is what a mutation came to', async () => {
    const door = await openKeeping();
    for (let turn = 0; turn < 2; turn += 1)
      await door.query('mutation { createCollection(input: { name: " " }) { __typename } }');
    expect(operationsOf(door).map(({ type, cached }) => [type, cached])).toEqual([
      ['mutation', 0],
      ['mutation', 0],
    ]);
  });

  it('is what somebody asks the cost of', async () => {
    const door = await openKeeping();
    const init = { headers: { 'x-show-cost': '1' } };
    for (const cached of [0, 1]) {
      const { body } = await door.query(READ, {}, init);
      expect(body).toMatchObject({ extensions: { cost: { cached } } });
    }
    expect((await door.query(READ)).text).not.toContain('cost');
  });
});
