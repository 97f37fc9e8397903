import { Client, type Dispatcher } from 'undici';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Connections, type Reuse } from '../../src/http/connections.ts';

const LONGEST_IDLE_MS = 4_000;
const LONGEST_LIFE_MS = 30_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

/** Connections that open no socket, as nothing is sent over them. */
function open(order: Reuse['order'] = 'in-turn') {
  const opened: Dispatcher[] = [];
  const destroyed: number[] = [];
  const connections = new Connections(
    () => {
      const client = new Client('http://upstream.test');
      const number = opened.push(client);
      vi.spyOn(client, 'destroy').mockImplementation(async () => void destroyed.push(number));
      return client;
    },
    { maxIdleMs: LONGEST_IDLE_MS, order },
  );
  /** @returns the number of the connection that was taken, from 1 */
  const numberOf = ({ dispatcher }: ReturnType<Connections['take']>) => opened.indexOf(dispatcher) + 1;
  return { connections, destroyed, numberOf };
}

test('each call has a connection of its own, and another call has it after it was given back', () => {
  const { connections, numberOf, destroyed } = open();
  const [first, second] = [connections.take(), connections.take()];
  expect([first, second].map(numberOf)).toEqual([1, 2]);
  connections.giveBack(second, true);
  expect([connections.take(), connections.take()].map(numberOf)).toEqual([2, 3]);
  expect(destroyed).toEqual([]);
});

test('one whose call was not answered to its end is closed, and never taken again', () => {
  const { connections, numberOf, destroyed } = open();
  connections.giveBack(connections.take(), false);
  expect(destroyed).toEqual([1]);
  expect(numberOf(connections.take())).toBe(2);
});

test.each([
  ['in-turn', [1, 2, 3]],
  ['latest-first', [3, 2, 1]],
] as const)('those that rest are taken %s', (order, numbers) => {
  const { connections, numberOf } = open(order);
  for (const connection of [connections.take(), connections.take(), connections.take()]) {
    vi.advanceTimersByTime(1);
    connections.giveBack(connection, true);
  }
  expect(numbers.map(() => numberOf(connections.take()))).toEqual(numbers);
});

test('one that has rested too long is closed with the next call, whichever that takes', () => {
  const { connections, numberOf, destroyed } = open('latest-first');
  const taken = [connections.take(), connections.take(), connections.take()];
  for (const connection of taken) {
    connections.giveBack(connection, true);
    vi.advanceTimersByTime(10);
  }
  // The first has rested for its whole time now, the second for 10 ms less.
  vi.advanceTimersByTime(LONGEST_IDLE_MS - 30);
  expect(numberOf(connections.take())).toBe(3);
  expect(destroyed).toEqual([1]);
  vi.advanceTimersByTime(9);
  expect(numberOf(connections.take())).toBe(2);
  expect(destroyed).toEqual([1]);
});

test('one that is used again and again is closed when it has grown old, and so is every other that has', () => {
  const { connections, numberOf, destroyed } = open();
  const [first, second] = [connections.take(), connections.take()];
  for (const connection of [first, second]) connections.giveBack(connection, true);
  for (let passed = 0; passed < LONGEST_LIFE_MS - 3_000; passed += 3_000) {
    vi.advanceTimersByTime(3_000);
    const both = [connections.take(), connections.take()];
    expect(both.map(numberOf)).toEqual([1, 2]);
    for (const connection of both) connections.giveBack(connection, true);
  }
  vi.advanceTimersByTime(2_999);
  expect(numberOf(connections.take())).toBe(1);
  connections.giveBack(first, true);
  vi.advanceTimersByTime(1);
  expect(numberOf(connections.take())).toBe(3);
  expect(destroyed).toEqual([2, 1]);
});

test('all are closed in the end, those that are in use too, and none a second time', async () => {
  const { connections, destroyed } = open();
  const [idle] = [connections.take(), connections.take()];
  connections.giveBack(connections.take(), false);
  if (idle) connections.giveBack(idle, true);
  await connections.close();
  expect(destroyed).toEqual([3, 1, 2]);
});
