import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MemoryBudget } from '../../../src/cache/memory-budget.ts';
import { LocalWriteEpoch } from '../../../src/cache/write-epoch.ts';
import { AnswerCache } from '../../../src/server/answers/answer-cache.ts';
import type { Answer } from '../../../src/server/edge/answer.ts';
import type { Operation } from '../../../src/server/request/operation.ts';
import { scopeOf } from '../../http/calls.ts';
import { openOperation } from './open-operation.ts';

const TTL_MS = 10_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.advanceTimersByTime(1_000_000);
});
afterEach(() => {
  vi.useRealTimers();
});

/** Answers that are each made once more than the one before. */
function openCache() {
  const epoch = new LocalWriteEpoch(5_000);
  const state = { edition: 1, made: 0, tookMs: 0, errorCodes: new Array<'OVERLOADED'>() };
  const cache = new AnswerCache(epoch, TTL_MS, new MemoryBudget(1_000_000), () => state.edition);
  const make = async (): Promise<Answer> => {
    state.made += 1;
    vi.advanceTimersByTime(state.tookMs);
    return { status: 200, headers: {}, body: String(state.made), errorCodes: state.errorCodes };
  };
  const ask = async (operation: Operation = openOperation(), body = 'body') =>
    (await cache.answer(body, operation, make)).body;
  return { ask, state, epoch };
}

test('an answer is given again to an equal request, for its time from its request on, as what it is', async () => {
  const { ask, state } = openCache();
  state.tookMs = 1_000;
  expect(await ask(openOperation({ name: 'A', hash: 'B' }))).toBe('1');
  vi.advanceTimersByTime(TTL_MS - 1_001);
  const operation = openOperation({ name: null, hash: null, type: null });
  expect([await ask(operation), operation.name, operation.hash, operation.type]).toEqual([
    '1',
    'A',
    'B',
    'query',
  ]);
  expect(operation.scope.tally.cached).toBe(1);
  vi.advanceTimersByTime(2);
  expect(await ask()).toBe('2');
});

test.each<[what: string, parts: Partial<Operation>, body?: string]>([
  ['with another body', {}, 'other'],
  ['in another form', { mediaType: { name: 'application/graphql-response+json', wantsLegacyStatus: false } }],
  ['of who may not read', { caller: { ...openOperation().caller, scopes: new Set() } }],
  ['that asks for the cost', { showsCost: true }],
])('a request %s has an answer of its own', async (_what, parts, body = 'body') => {
  const { ask } = openCache();
  expect([await ask(), await ask(openOperation(parts), body), await ask()]).toEqual(['1', '2', '1']);
});

test.each<[what: string, change: (opened: ReturnType<typeof openCache>) => void]>([
  ['a write', ({ epoch }) => epoch.advance(true)],
  ['another edition of what requests mean', ({ state }) => Object.assign(state, { edition: 2 })],
])('after %s every answer is made anew', async (_what, change) => {
  const opened = openCache();
  await opened.ask();
  change(opened);
  expect(await opened.ask()).toBe('2');
});

const spent = (tally: Partial<Operation['scope']['tally']>): Partial<Operation> => {
  const scope = scopeOf();
  return { scope: { ...scope, tally: { ...scope.tally, ...tally } } };
};

describe('an answer is not given again', () => {
  test.each<[what: string, parts: Partial<Operation>]>([
    ['is to a mutation', { type: 'mutation' }],
    ['speaks of the caller', { isPersonal: true }],
    ['came from memory', spent({ cached: 1 })],
    ['came from a read that somebody else began', spent({ shared: 1 })],
    ['came from a stale copy', spent({ stale: 1 })],
  ])('when it %s', async (_what, parts) => {
    const { ask } = openCache();
    expect([await ask(openOperation(parts)), await ask()]).toEqual(['1', '2']);
  });

  test('when it has an error', async () => {
    const { ask, state } = openCache();
    state.errorCodes = ['OVERLOADED'];
    expect([await ask(), await ask()]).toEqual(['1', '2']);
  });
});
