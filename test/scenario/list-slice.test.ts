import { describe, expect, test } from 'vitest';
import type { Failure } from '../../src/http/failure.ts';
import { createCursorCodecs } from '../../src/scenario/cursor.ts';
import { readSlice } from '../../src/scenario/list-slice.ts';
import type { WalkedList } from '../../src/scenario/list-walk.ts';
import type { Row } from '../../src/scenario/page.ts';
import { GatewayError } from '../../src/shared/gateway-error.ts';
import { fail, succeed } from '../../src/shared/result.ts';
import { status } from '../http/open-calls.ts';
import { idsUpTo, OffsetList } from '../support/offset-list.ts';

const cursors = createCursorCodecs('secret', [])('list');

/** A list of which slices are read. @param failure why no page comes behind so many calls */
function openList(count: number, failure: Failure | null = null, from = 0) {
  const upstream = new OffsetList(idsUpTo(count));
  const state = { calls: 0 };
  const list: WalkedList<Row> = {
    parts: 1,
    fetchPage: async (_part, token, pageSize) => {
      state.calls += 1;
      if (failure && state.calls > from) return fail(failure);
      const { ids, nextToken } = upstream.page(token, pageSize);
      return succeed({ rows: ids.map((id) => ({ id })), nextToken: nextToken ?? null });
    },
  };
  const read = (first: number, after: string | null = null, parts: object = {}) =>
    readSlice(list, cursors, {
      first,
      after,
      maxPageWalk: 500,
      minPageSize: 1,
      subject: null,
      explain: null,
      ...parts,
    });
  return { read, state };
}

const DOWN: Failure = { kind: 'unreachable', errorCode: 'ECONNREFUSED' };
const errorOf = (reading: Promise<unknown>) =>
  reading.then(
    () => null,
    (error: unknown) => error,
  );

describe('a slice', () => {
  test('has rows, each with a cursor that goes on behind it, and tells what stands around it', async () => {
    const { read } = openList(25);
    const slice = await read(10);
    expect(slice).toMatchObject({ hasNextPage: true, hasPreviousPage: false, error: null, resumesAt: null });
    expect(slice.items.map(({ id }) => id)).toEqual(idsUpTo(10));
    const rest = await read(50, slice.cursorAt(9));
    expect(rest).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(rest.items.map(({ id }) => id)).toEqual(idsUpTo(25).slice(10));
    expect(() => slice.cursorAt(10)).toThrow('no row 10');
  });

  test('of no rows needs no call', async () => {
    const { read, state } = openList(25);
    expect(await read(0)).toMatchObject({ items: [], hasNextPage: false, hasPreviousPage: false });
    expect(state.calls).toBe(0);
  });

  test.each([
    [-1, '"first" must be 0 to 500, but is -1.'],
    [501, '"first" must be 0 to 500, but is 501.'],
  ])('of %i rows is refused without a call', async (first, message) => {
    const { read, state } = openList(25);
    expect(await errorOf(read(first))).toMatchObject({ code: 'BAD_USER_INPUT', message });
    expect(state.calls).toBe(0);
    expect((await read(500)).items).toHaveLength(25);
  });

  test('behind what is no cursor is refused without a call', async () => {
    const { read, state } = openList(25);
    expect(await errorOf(read(5, 'nonsense'))).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('not a valid cursor'),
    });
    expect(state.calls).toBe(0);
  });
});

const cursor = async () => (await openList(25).read(5)).cursorAt(4);
const explain = () => new GatewayError('CONFLICT', 'It lags.');

describe('a slice that fails', () => {
  test('is an error where nothing is on the screen yet', async () => {
    expect(await errorOf(openList(25, DOWN).read(5))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  test('is empty and goes on where it was, where a repeat can heal it', async () => {
    const after = await cursor();
    const slice = await openList(25, DOWN).read(5, after);
    expect(slice).toMatchObject({
      items: [],
      rows: [],
      hasNextPage: true,
      hasPreviousPage: true,
      resumesAt: after,
      error: { code: 'UPSTREAM_UNAVAILABLE' },
    });
    expect(slice.cursorAt(0)).toBe(after);
  });

  test.each<[what: string, failure: Failure, code: string]>([
    ['the token is no longer taken', status(400), 'BAD_USER_INPUT'],
    ['the credential is refused', status(401), 'UPSTREAM_REJECTED'],
  ])('is an error where no repeat heals it: %s', async (_what, failure, code) => {
    const error = await errorOf(openList(25, failure).read(5, await cursor()));
    expect(error).toMatchObject({ code, hints: { retryable: false } });
  });

  test('tells to start over where the token is no longer taken, and of a first page what the upstream said', async () => {
    const late = await errorOf(openList(25, status(400)).read(5, await cursor()));
    expect(late).toMatchObject({ message: expect.stringContaining('start over'), cause: status(400) });
    const first = await errorOf(openList(25, status(400, { reason: 'No.' })).read(5));
    expect(first).toMatchObject({ message: 'No.' });
  });

  test('in the middle keeps its rows, and says why there are no more', async () => {
    const { read } = openList(250, DOWN, 1);
    const slice = await read(150);
    expect(slice.items).toHaveLength(100);
    expect(slice).toMatchObject({ hasNextPage: true, error: { code: 'UPSTREAM_UNAVAILABLE' } });
  });

  test('is explained by its list where that knows better', async () => {
    expect(await errorOf(openList(25, DOWN).read(5, null, { explain }))).toMatchObject({ code: 'CONFLICT' });
  });
});
