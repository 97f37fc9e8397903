import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../src/http/failure.ts';
import { PartiallyAppliedError } from '../../../src/scenario/errors.ts';
import { BulkEdit } from '../../../src/scenario/membership/bulk-edit.ts';
import { status, timedOut } from '../../http/open-calls.ts';
import { openShelf, refuse } from './member-shelf.ts';

const ids = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `id_${from + index}`);
const PAUSED: Failure = { kind: 'paused', retryAfterMs: 5 };

/** What the edit came to, in short. */
async function run(wanted: readonly string[], shelf: ReturnType<typeof openShelf>) {
  try {
    const { changedIds, unchangedIds, ids: all, collection } = await new BulkEdit(wanted, shelf.calls).run();
    return { all, changedIds, unchangedIds, name: collection.name };
  } catch (error) {
    if (error instanceof PartiallyAppliedError) {
      const { latestCollection, ...report } = error.report;
      const { code, message, hints } = error;
      return { code, message, hints, latest: latestCollection?.name ?? null, ...report };
    }
    return { plain: error };
  }
}

describe('an edit', () => {
  test('sends its ids 49 at once, one chunk after the other, and gives the last answer', async () => {
    const shelf = openShelf();
    expect(await run(ids(100), shelf)).toEqual({
      all: ids(100),
      changedIds: ids(100),
      unchangedIds: [],
      name: 'after 3 calls',
    });
    expect(shelf.sent.map((chunk) => chunk.length)).toEqual([49, 49, 2]);
    expect(shelf.reads).toEqual({ members: 0, collection: 0 });
  });

  test('that is refused reads which ids are left, and sends those', async () => {
    const shelf = openShelf({ members: ids(30), missing: ['id_55'] });
    expect(await run(ids(60), shelf)).toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is no asset "id_55".',
      appliedIds: ids(60).filter((id) => id !== 'id_55'),
      failedIds: ['id_55'],
      failures: [{ id: 'id_55', code: 'NOT_FOUND' }],
      unknownIds: [],
      notAttemptedIds: [],
      latest: 'after 2 calls',
    });
    expect(shelf.sent.map((chunk) => chunk.length)).toEqual([49, 29]);
    expect(shelf.reads).toEqual({ members: 1, collection: 1 });
  });

  test('whose ids are all as asked already says so', async () => {
    const shelf = openShelf({ members: ids(3) });
    expect(await run(ids(3), shelf)).toEqual({
      all: ids(3),
      changedIds: [],
      unchangedIds: ids(3),
      name: 'after 1 calls',
    });
  });

  test('halves what is refused again, until each bad id is alone', async () => {
    const shelf = openShelf({ bad: ['id_2', 'id_6'] });
    expect(await run(ids(8), shelf)).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'The Scenario API refused the input. 1 more failed.',
      hints: { retryable: false },
      appliedIds: ['id_0', 'id_1', 'id_3', 'id_4', 'id_5', 'id_7'],
      failedIds: ['id_2', 'id_6'],
    });
    expect(shelf.calls.scope.tally.unconfirmed).toBe(0);
    expect(shelf.sent.map((chunk) => chunk.join(' ').replaceAll('id_', ''))).toEqual([
      '0 1 2 3 4 5 6 7',
      '0 1 2 3 4 5 6 7',
      '0 1 2 3',
      '0 1',
      '2 3',
      '2',
      '3',
      '4 5 6 7',
      '4 5',
      '6 7',
      '6',
      '7',
    ]);
  });

  test('halves also where even the read of its ids is refused', async () => {
    const shelf = openShelf({ bad: ['id_1'], readFailure: status(400) });
    expect(await run(ids(2), shelf)).toMatchObject({ appliedIds: ['id_0'], failedIds: ['id_1'] });
  });
});

describe('an edit of which nothing was done fails plainly', () => {
  test.each<[what: string, failure: Failure, code: string]>([
    ['the upstream wants no call', PAUSED, 'RATE_LIMITED'],
    ['the upstream fails', status(503, { retryAfterMs: 5 }), 'UPSTREAM_UNAVAILABLE'],
    ['the credential is refused', status(403, { byApiGateway: true }), 'UPSTREAM_REJECTED'],
    ['the plan is used up', status(400, { planCeiling: true }), 'QUOTA_EXCEEDED'],
  ])('where %s', async (_what, failure, code) => {
    const shelf = openShelf({ outcomes: [refuse(failure)] });
    expect(await run(ids(60), shelf)).toMatchObject({ plain: { code } });
    expect(shelf.sent).toHaveLength(1);
  });

  test('where there is no such collection', async () => {
    const shelf = openShelf({ outcomes: [refuse(status(404))], collectionFailure: status(404) });
    expect(await run(ids(60), shelf)).toMatchObject({ plain: { code: 'NOT_FOUND' } });
  });
});

describe('an edit that stops tells what became of each id', () => {
  test('of a chunk that was sent, of one that was refused, and of those behind', async () => {
    const shelf = openShelf({ outcomes: [null, refuse(status(503, { retryAfterMs: 5 }))] });
    expect(await run(ids(150), shelf)).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      appliedIds: ids(49),
      failedIds: ids(49, 49),
      unknownIds: [],
      notAttemptedIds: ids(52, 98),
      failures: expect.arrayContaining([
        expect.objectContaining({ id: 'id_97', code: 'UPSTREAM_UNAVAILABLE' }),
      ]),
      latest: 'after 1 calls',
    });
  });

  test('of a chunk that was not even sent', async () => {
    const shelf = openShelf({ outcomes: [null, refuse(PAUSED)] });
    expect(await run(ids(60), shelf)).toMatchObject({
      code: 'RATE_LIMITED',
      appliedIds: ids(49),
      failedIds: [],
      notAttemptedIds: ids(11, 49),
    });
  });

  test('as soon as the upstream wants no more calls while it looks for bad ids', async () => {
    const shelf = openShelf({ bad: ['id_3'], outcomes: [null, null, null, refuse(PAUSED)] });
    expect(await run(ids(4), shelf)).toMatchObject({
      code: 'RATE_LIMITED',
      appliedIds: ids(2),
      failedIds: ids(2, 2),
    });
    expect(shelf.sent).toHaveLength(4);
  });

  test('where it is refused for an id and the collection cannot be read then', async () => {
    const shelf = openShelf({ bad: ['id_1'], collectionFailure: PAUSED });
    expect(await run(ids(3), shelf)).toMatchObject({
      code: 'RATE_LIMITED',
      failedIds: ids(3),
      latest: null,
    });
  });

  test('where it is refused for an id and members cannot be read then', async () => {
    const shelf = openShelf({ bad: ['id_1'], readFailure: PAUSED });
    expect(await run(ids(3), shelf)).toMatchObject({ code: 'RATE_LIMITED', failedIds: ids(3) });
  });
});

describe('a chunk whose answer was lost', () => {
  const LOST = timedOut('attempt', 5_000);

  test('is settled by reading, and the collection is read once at the end', async () => {
    const shelf = openShelf({ outcomes: ['lost, but made'] });
    expect(await run(ids(3), shelf)).toEqual({
      all: ids(3),
      changedIds: ids(3),
      unchangedIds: [],
      name: 'after 1 calls',
    });
    expect(shelf.reads).toEqual({ members: 1, collection: 1 });
  });

  test('is told as partly applied where the collection cannot be read at the end', async () => {
    const shelf = openShelf({ outcomes: ['lost, but made'], collectionFailure: PAUSED });
    expect(await run(ids(3), shelf)).toMatchObject({
      code: 'RATE_LIMITED',
      appliedIds: ids(3),
      failedIds: [],
      latest: null,
    });
  });

  test('and of which some are as asked was not made: those were so before, and the others are sent again', async () => {
    const shelf = openShelf({ outcomes: [{ kind: 'unknown', failure: LOST }], members: ['id_1'] });
    expect(await run(ids(3), shelf)).toMatchObject({ changedIds: ['id_0', 'id_2'], unchangedIds: ['id_1'] });
    expect(shelf.sent).toEqual([ids(3), ['id_0', 'id_2']]);
  });

  test('and that cannot be read stays unknown, is counted, and stops the edit', async () => {
    const shelf = openShelf({ outcomes: [{ kind: 'unknown', failure: LOST }], readFailure: PAUSED });
    expect(await run(ids(60), shelf)).toMatchObject({
      code: 'WRITE_OUTCOME_UNKNOWN',
      unknownIds: ids(49),
      notAttemptedIds: ids(11, 49),
    });
    expect(shelf.calls.scope.tally.unconfirmed).toBe(1);
  });

  test('and was refused then stays unknown where it cannot be read', async () => {
    const shelf = openShelf({ outcomes: [{ kind: 'unknown', failure: status(409) }], readFailure: PAUSED });
    expect(await run(ids(3), shelf)).toMatchObject({ code: 'WRITE_OUTCOME_UNKNOWN', unknownIds: ids(3) });
    expect(shelf.sent).toHaveLength(1);
  });

  test('and that lacks an id which is gone tells that one as failed, and does not send it again', async () => {
    const shelf = openShelf({ outcomes: [{ kind: 'unknown', failure: LOST }], missing: ['id_1'] });
    expect(await run(ids(3), shelf)).toMatchObject({
      code: 'NOT_FOUND',
      appliedIds: ['id_0', 'id_2'],
      failedIds: ['id_1'],
    });
    expect(shelf.sent).toEqual([ids(3), ['id_0', 'id_2']]);
  });

  test('and of which all ids are gone has failed, also when the next chunk cannot be sent', async () => {
    const outcomes = [{ kind: 'unknown', failure: LOST } as const, refuse(PAUSED)];
    const shelf = openShelf({ outcomes, missing: ids(49) });
    expect(await run(ids(60), shelf)).toMatchObject({
      code: 'RATE_LIMITED',
      failedIds: ids(49),
      notAttemptedIds: ids(11, 49),
    });
  });

  test('behind one that was answered leaves the collection as that answer showed it, where it cannot be read', async () => {
    const shelf = openShelf({ outcomes: [null, 'lost, but made'], collectionFailure: PAUSED });
    expect(await run(ids(60), shelf)).toMatchObject({ appliedIds: ids(60), latest: 'after 1 calls' });
  });
});

test('all that is left behind a bad id is sent, however many chunks it takes', async () => {
  const shelf = openShelf({ bad: ['id_0'] });
  expect(await run(ids(120), shelf)).toMatchObject({ failedIds: ['id_0'], appliedIds: ids(119, 1) });
});

test('a chunk for which the upstream could not be reached has failed, and those behind it were not tried', async () => {
  const shelf = openShelf({ outcomes: [null, refuse({ kind: 'unreachable', errorCode: 'X' })] });
  expect(await run(ids(120), shelf)).toMatchObject({
    appliedIds: ids(49),
    failedIds: ids(49, 49),
    notAttemptedIds: ids(22, 98),
  });
});
