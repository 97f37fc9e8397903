import { describe, expect, test, vi } from 'vitest';
import type { NotedPatch } from '../../src/cache/index/patch.ts';
import type { CallResult, CallScope } from '../../src/http/call.ts';
import { type WriteRequest, Writer } from '../../src/scenario/writer.ts';
import { fail, succeed } from '../../src/shared/result.ts';
import { scopeOf, UPDATE } from '../http/calls.ts';
import { ANSWERED, failed, status } from '../http/open-calls.ts';

interface Thing {
  readonly id: string;
}

const THING: Thing = { id: 'thing_1' };

const request: WriteRequest<Thing, Thing> = {
  call: UPDATE,
  subject: { collectionId: 'col_1', name: 'new' },
  decode: () => succeed(THING),
  toPatch: (item) => ({ kind: 'changed', item }),
};

/** Writes what comes to this, and tells what happened, in its order. */
async function write(result: CallResult, parts: Partial<WriteRequest<Thing, Thing>> = {}) {
  const events: unknown[] = [];
  const note = async ({ patch, isSettled }: NotedPatch<Thing>): Promise<void> => {
    await Promise.resolve();
    events.push(['index', patch, isSettled]);
  };
  const advance = async (isSettled: boolean): Promise<void> => {
    await Promise.resolve();
    events.push(['epoch', isSettled]);
  };
  const epoch = { advance, current: () => ({ name: '1', isSettled: true }) };
  const writer = new Writer<Thing>(async () => result, epoch, { note });
  const writeConfirmed = vi.fn<NonNullable<CallScope['writeConfirmed']>>();
  const outcome = await writer.write({ ...request, ...parts }, { ...scopeOf(), writeConfirmed });
  return { outcome, events, confirmed: writeConfirmed.mock.calls.flat() };
}

const interpret = (): CallResult => failed(status(404));
const CHANGED = { kind: 'changed', item: THING };
const WRITE = {
  endpoint: 'things.update',
  collectionId: 'col_1',
  name: 'new',
  startedAt: expect.any(Date),
};

describe('a write that was applied', () => {
  test('is told to the index, then to those who keep reads, and confirmed', async () => {
    expect(await write(ANSWERED)).toEqual({
      outcome: { kind: 'applied', value: THING },
      events: [
        ['index', CHANGED, true],
        ['epoch', true],
      ],
      confirmed: [WRITE],
    });
  });

  test('after an unclear try is not settled: that one may still arrive', async () => {
    expect((await write({ ...ANSWERED, unclear: true })).events).toEqual([
      ['index', CHANGED, false],
      ['epoch', false],
    ]);
  });

  test('and has created something is confirmed with the id that this has got', async () => {
    const subject = { collectionId: null, name: 'new' };
    expect((await write(ANSWERED, { subject })).confirmed).toEqual([{ ...WRITE, collectionId: 'thing_1' }]);
    expect((await write(ANSWERED, { subject, interpret })).confirmed).toEqual([]);
  });
});

describe('a write that was not applied', () => {
  test('tells nobody where nothing was learnt', async () => {
    const failure = { kind: 'paused', retryAfterMs: 1 } as const;
    expect(await write(failed(failure))).toEqual({
      outcome: { kind: 'not-applied', failure },
      events: [],
      confirmed: [],
    });
  });

  test('and was refused tells those who keep reads: what they keep may be old', async () => {
    expect((await write(failed(status(409)))).events).toEqual([['epoch', true]]);
  });
});

test.each<[what: string, result: CallResult, parts: Partial<WriteRequest<Thing, Thing>>]>([
  ['failed unclearly', failed(status(500), true), {}],
  ['cannot be read', ANSWERED, { decode: () => fail({ kind: 'malformed', issue: '/id' }) }],
])('a write whose answer %s may have changed what it is about, also later', async (_what, result, parts) => {
  const { outcome, events, confirmed } = await write(result, parts);
  expect(outcome).toMatchObject({ kind: 'unknown', write: WRITE, wasHeldBack: false });
  expect(events).toEqual([
    ['index', { kind: 'unknown', id: 'col_1' }, false],
    ['epoch', false],
  ]);
  expect(confirmed).toEqual([]);
});
