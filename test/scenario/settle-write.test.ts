import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CallScope } from '../../src/http/call.ts';
import { ClientAbort } from '../../src/http/client-abort.ts';
import type { Failure } from '../../src/http/failure.ts';
import { type Sighting, settleable, settleWrite } from '../../src/scenario/settle-write.ts';
import { explainOutcome, judgeWrite, type WriteOutcome } from '../../src/scenario/write-outcome.ts';
import { fail, succeed } from '../../src/shared/result.ts';
import { scopeOf } from '../http/calls.ts';
import { failed, status, timedOut } from '../http/open-calls.ts';

const WRITE = { endpoint: 'things.update', collectionId: 'col_1', startedAt: new Date('2026-01-01') };
const REFUSED = status(400);
const UNCLEAR = status(500);
const LATE = timedOut('attempt', 5_000);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

type Outcome = WriteOutcome<string>;
type Seen = Sighting<string>;

const applied: Outcome = { kind: 'applied', value: 'answered' };
const notApplied = (failure: Failure): Outcome => ({ kind: 'not-applied', failure });
const unknown = (failure: Failure, wasHeldBack = false): Outcome => ({
  kind: 'unknown',
  failure,
  write: WRITE,
  wasHeldBack,
});
const CONFIRMED: Seen = { kind: 'confirmed', value: 'read' };
const NOT_SEEN: Seen = { kind: 'not-seen' };
const UNREADABLE: Seen = { kind: 'unreadable' };
const GONE: Seen = { kind: 'gone', failure: status(404) };

/** Settles a write whose attempts come to these, and of which reads show those. */
async function settle(attempts: readonly Outcome[], sightings: readonly Seen[], scope = scopeOf()) {
  const made = { attempts: 0, reads: 0 };
  const attempt = async (): Promise<Outcome> => {
    made.attempts += 1;
    return attempts[made.attempts - 1] ?? notApplied({ kind: 'call-limit', limit: 0 });
  };
  const look = async (): Promise<Seen> => {
    made.reads += 1;
    return sightings[made.reads - 1] ?? UNREADABLE;
  };
  const confirmed = vi.fn<NonNullable<CallScope['writeConfirmed']>>();
  const outcome = await settleWrite(attempt, look, { ...scope, writeConfirmed: confirmed });
  return { outcome, ...made, confirmed: confirmed.mock.calls.flat() };
}

const fiveOf = <Item>(item: Item): Item[] => Array.from({ length: 5 }, () => item);

describe('a write', () => {
  test.each([applied, notApplied(REFUSED)])('whose answer is clear is settled by it: %j', async (outcome) => {
    expect(await settle([outcome], [])).toEqual({ outcome, attempts: 1, reads: 0, confirmed: [] });
  });

  test('whose answer was lost is confirmed by a read, and told to be', async () => {
    expect(await settle([unknown(UNCLEAR)], [CONFIRMED])).toEqual({
      outcome: { kind: 'applied', value: 'read' },
      attempts: 1,
      reads: 1,
      confirmed: [WRITE],
    });
  });

  test('to what is gone has done nothing that is left', async () => {
    expect(await settle([unknown(LATE)], [GONE])).toMatchObject({
      outcome: notApplied(status(404)),
      attempts: 1,
    });
  });

  test.each<[what: string, attempts: readonly Outcome[], sightings: readonly Seen[], made: number]>([
    ['timed out and is not seen is repeated', [unknown(LATE), applied], [NOT_SEEN], 2],
    ['was held back and is not seen is repeated', [unknown(UNCLEAR, true), applied], [NOT_SEEN], 2],
    ['failed otherwise is not', [unknown(UNCLEAR)], [NOT_SEEN], 1],
    ['cannot be read is not', [unknown(LATE)], [UNREADABLE], 1],
    ['is never seen is repeated twice', fiveOf(unknown(LATE)), fiveOf(NOT_SEEN), 3],
    [
      'is refused after an unclear try is settled by another read',
      [unknown(LATE), notApplied(REFUSED)],
      [NOT_SEEN, CONFIRMED],
      2,
    ],
    [
      'could not be sent again in time is repeated once more',
      [unknown(LATE), notApplied(timedOut('attempt', 1, false)), applied],
      [NOT_SEEN, NOT_SEEN],
      3,
    ],
  ])('that %s', async (_what, attempts, sightings, made) => {
    expect((await settle(attempts, sightings)).attempts).toBe(made);
  });

  test('that stays unknown is told with its last failure, and with what was sent first', async () => {
    const { outcome } = await settle([unknown(LATE), notApplied(REFUSED)], [NOT_SEEN, NOT_SEEN]);
    expect(outcome).toEqual({ kind: 'unknown', failure: REFUSED, write: WRITE, wasHeldBack: false });
  });

  test('is not repeated for a caller who has gone', async () => {
    const leaving = new ClientAbort();
    leaving.abort();
    const scope = scopeOf(10_000, leaving);
    expect((await settle([unknown(LATE), applied], [NOT_SEEN], scope)).attempts).toBe(1);
  });

  test.each([
    [1_001, 2],
    [1_000, 1],
  ])(
    'is not repeated without a tenth of its time for the last read: %i ms are left',
    async (leftMs, made) => {
      const scope = scopeOf(10_000);
      vi.advanceTimersByTime(10_000 - leftMs);
      expect((await settle([unknown(LATE), applied], [NOT_SEEN], scope)).attempts).toBe(made);
    },
  );
});

test('a write that can be settled ends while there is time to read what became of it', () => {
  expect(settleable(scopeOf(10_000)).deadline.remainingMs).toBe(9_000);
});

const decode = (body: unknown) => (body === 'good' ? succeed('value') : fail(status(200)));

const judge = (result: Parameters<typeof judgeWrite>[0]) => judgeWrite(result, decode, WRITE);

describe('the result of a write', () => {
  test('is applied where its answer can be read', () => {
    expect(judge({ ok: true, body: 'good', unclear: true })).toEqual({ kind: 'applied', value: 'value' });
  });

  test('is unknown where its answer cannot be read, whatever the status', () => {
    expect(judge({ ok: true, body: 'bad', unclear: false })).toEqual(unknown(status(200)));
  });

  test('is as clear as its attempts were', () => {
    expect(judge(failed(REFUSED))).toEqual(notApplied(REFUSED));
    expect(judge(failed(UNCLEAR, true))).toEqual(unknown(UNCLEAR));
    expect(judge({ ...failed(UNCLEAR, true), ok: false, failure: UNCLEAR, wasHeldBack: true })).toEqual(
      unknown(UNCLEAR, true),
    );
  });
});

test('a write whose outcome stays unknown is told with what was sent, and why that is not known', () => {
  const outcome = { kind: 'unknown', failure: UNCLEAR, write: WRITE, wasHeldBack: false } as const;
  expect(explainOutcome(outcome, null)).toMatchObject({
    code: 'WRITE_OUTCOME_UNKNOWN',
    hints: { retryable: false, write: WRITE },
    cause: UNCLEAR,
  });
});
