import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dig } from '../support/dig.ts';
import { codesOf, everyCollection, type FrontDoor, openFrontDoor } from '../support/front-door.ts';
import type { GraphQLAnswer } from '../support/gateway.ts';
import { mostInWindow } from '../support/most-in-window.ts';
import { type Answer, json } from '../support/scripted-upstream.ts';

const WINDOW_MS = 60_000;
const QUOTA = 100;
const READS = 80;
const ON = { UPSTREAM_RATE_PER_MINUTE: String(QUOTA) };

/** The clock of deadlines and of pacing stands still until a test moves it. */
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

/** The API with its window: one call too many in any minute is a 429. */
class MeteredUpstream {
  readonly arrivals: number[] = [];
  throttled = 0;
  readonly answer: Answer = (request) => {
    this.arrivals.push(performance.now());
    const isWithin = mostInWindow(this.arrivals, WINDOW_MS) <= QUOTA;
    if (isWithin) return everyCollection(request);
    this.throttled += 1;
    return json({ reason: 'slow down' }, 429, { 'retry-after': '60' });
  };
}

const read = (door: FrontDoor, id: string, headers = {}): Promise<GraphQLAnswer> =>
  door.query(`{ collection(id: "${id}") { name } }`, {}, { headers });
const rename = (door: FrontDoor, id: string): Promise<GraphQLAnswer> =>
  door.query(`mutation { updateCollection(input: { id: "${id}", name: "new" }) { __typename } }`);

function waitOf({ body }: GraphQLAnswer): number {
  return Number(dig(body, 'errors', 0, 'extensions', 'retryAfterMs') ?? 0);
}

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `col_${index}`);

const refusingPuts: Answer = (request) =>
  request.method === 'PUT' ? json({ reason: 'no' }, 400) : everyCollection(request);

describe('behind a window of 100 calls a minute, without a cache', () => {
  test('no call is refused with 429; who is told to come back is served then; and writes get through', async () => {
    const metered = new MeteredUpstream();
    const door = await openFrontDoor(metered.answer, ON);
    const answers = await Promise.all(ids(200).map(async (id) => ({ id, answer: await read(door, id) })));
    const refused = answers.filter(({ answer }) => codesOf(answer)[0] === 'RATE_LIMITED');
    expect(door.upstream.requests).toHaveLength(READS);
    expect(refused).toHaveLength(200 - READS);
    const waits = refused.map(({ id, answer }) => ({ id, at: waitOf(answer) }));
    expect(new Set(waits.map(({ at }) => at)).size).toBe(waits.length);
    for (const id of ids(5))
      expect(dig((await rename(door, id)).body, 'data', 'updateCollection', '__typename')).toBe(
        'UpdateCollectionPayload',
      );
    const startedAt = performance.now();
    for (const { id, at } of waits.toSorted((a, b) => a.at - b.at)) {
      vi.advanceTimersByTime(Math.max(0, startedAt + at - performance.now()));
      expect((await read(door, id)).body).toMatchObject({ data: { collection: {} } });
    }
    expect(metered.throttled).toBe(0);
    expect(mostInWindow(metered.arrivals, WINDOW_MS)).toBeLessThanOrEqual(QUOTA);
  });

  test('who comes back when it was told is served for another request too, and so is anybody later, whoever stays away', async () => {
    const door = await openFrontDoor(everyCollection, { UPSTREAM_RATE_PER_MINUTE: '10' });
    const answers = await Promise.all(ids(30).map((id) => read(door, id)));
    const waits = answers.map(waitOf).filter((waitMs) => waitMs > 0);
    expect(waits).toHaveLength(30 - 8);
    // Within the second before, the slot is kept for the same request.
    vi.advanceTimersByTime(Math.min(...waits) + 1_000);
    expect((await read(door, 'another')).body).toMatchObject({ data: { collection: {} } });
    vi.advanceTimersByTime(19_000);
    for (const id of ['later', 'and-later']) expect((await read(door, id)).body.errors).toBeUndefined();
    expect(door.upstream.requests).toHaveLength(8 + 3);
  });

  test('a refusal says so at once, in code, words and header, and costs no call', async () => {
    const door = await openFrontDoor(everyCollection, { UPSTREAM_RATE_PER_MINUTE: '1' });
    await read(door, 'col_1');
    const answer = await read(door, 'col_2');
    expect(dig(answer.body, 'errors', 0)).toMatchObject({
      message: 'The calls to the Scenario API are used up for now. Wait 60 s before the next request.',
      extensions: { code: 'RATE_LIMITED', retryable: true, retryAfterMs: WINDOW_MS },
    });
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(door.upstream.requests).toHaveLength(1);
  });

  test('reading back for a mutation is a write: it has room when reads have none', async () => {
    const door = await openFrontDoor(refusingPuts, { UPSTREAM_RATE_PER_MINUTE: '10' });
    for (const id of ids(9)) await read(door, id);
    expect(door.upstream.requests).toHaveLength(8);
    await door.query(
      'mutation { addAssetsToCollection(input: { id: "col_1", assetIds: ["a"] }) { __typename } }',
    );
    const [put, lookedAt] = door.wire().slice(8);
    expect([put, lookedAt]).toEqual([expect.stringMatching(/^PUT /), 'GET /v1/collections/col_1']);
  });
});

test('without a quota nothing is paced', async () => {
  const door = await openFrontDoor(everyCollection);
  await Promise.all(ids(150).map((id) => read(door, id)));
  expect(door.upstream.requests).toHaveLength(150);
});
