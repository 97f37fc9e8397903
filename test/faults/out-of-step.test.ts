import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { eventually } from '../support/eventually.ts';
import type { Ledger } from '../support/ledger.ts';
import { type Answer, json, type Reply } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { openFaultBench } from './fault-bench.ts';
import { OPERATIONS } from './operations.ts';

const other = json({ collection: wireCollection({ id: 'col_other' }) });
const list = json({ collections: [wireCollection({ id: 'col_1' })] });
const READS = 90;

/** Answers every second request of a connection with what it gave to the one before. */
function repeatAnswers({ serve }: Ledger): Answer {
  const last = new WeakMap<Socket, Reply>();
  return async (request) => {
    const repeated = last.get(request.socket);
    last.delete(request.socket);
    if (repeated) return repeated;
    const reply = await serve(request);
    last.set(request.socket, reply);
    return reply;
  };
}

test('an upstream that repeats answers on a kept connection shows nobody a collection that was not asked for', async () => {
  await using bench = await openFaultBench(repeatAnswers);
  const shown: unknown[] = [];
  for (let read = 0; read < READS; read += 1) {
    const id = read % 2 === 0 ? 'col_1' : 'col_healthy';
    const { answer } = await bench.query(`{ collection(id: "${id}") { scenarioId } }`);
    const seen = dig(answer.body.data, 'collection', 'scenarioId');
    shown.push(seen === id ? 'own' : (answer.body.errors?.[0]?.extensions['code'] ?? seen));
  }
  expect(new Set(shown)).toEqual(new Set(['own', 'UPSTREAM_BAD_RESPONSE']));
  expect(shown.filter((each) => each === 'own')).toHaveLength(READS / 2);
  expect(bench.upstream.requests).toHaveLength(READS);
});

test.each([
  ['collection', '{ collection(id: "col_1") { name } }', other],
  ['collection', '{ collection(id: "col_1") { name } }', list],
  ['collections', '{ collections(first: 2) { nodes { name } } }', other],
])(
  'a read of a %s that gets the answer to another call has no use, nor has its connection',
  async (_field, document, reply) => {
    await using bench = await openFaultBench(() => () => reply);
    const { answer } = await bench.query(document);
    expect(answer.body.errors?.[0]?.extensions).toMatchObject({
      code: 'UPSTREAM_BAD_RESPONSE',
      retryable: false,
    });
    expect(bench.upstream.requests).toHaveLength(1);
    await eventually('the connection is closed', () => bench.upstream.sockets.size === 0);
    await bench.expectHealthy();
  },
);

const WRITES = [
  ['rename', other],
  ['rename', list],
  ['add', other],
  ['delete', other],
  ['delete', list],
  ['create', list],
] as const;

test.each(WRITES)(
  'a write that gets the answer to another call is not confirmed: %s',
  async (operation, reply) => {
    await using bench = await openFaultBench(() => () => reply);
    const { outcome } = await bench.ask(operation);
    expect(outcome).toBe('WRITE_OUTCOME_UNKNOWN');
    await eventually('the connection is closed', () => bench.upstream.sockets.size === 0);
    await bench.expectHealthy();
  },
);

const CONFIRMATIONS = [
  json({}),
  json(null),
  json({ success: true }),
  json({ collection: wireCollection({ id: 'col_1' }) }),
];

test.each(CONFIRMATIONS)('a delete whose answer names no other collection is confirmed', async (reply) => {
  await using bench = await openFaultBench(() => () => reply);
  const { answer } = await bench.query(OPERATIONS.delete.document);
  expect(dig(answer.body.data, 'deleteCollection', 'deletedCollectionId')).toEqual(expect.any(String));
  await bench.ask('delete');
  expect(new Set(bench.upstream.requests.map(({ socket }) => socket)).size).toBe(1);
});
