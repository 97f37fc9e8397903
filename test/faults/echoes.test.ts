import { expect, test } from 'vitest';
import { KEY, SECRET } from '../support/gateway.ts';
import { json } from '../support/scripted-upstream.ts';
import { openFaultBench } from './fault-bench.ts';
import type { OperationName } from './operations.ts';

const credentials = `${KEY}:${SECRET}`;
const encodings: ReadonlyArray<(value: string) => string> = [
  (value) => value,
  encodeURIComponent,
  (value) => Buffer.from(value).toString('base64'),
  (value) => Buffer.from(value).toString('base64url'),
  (value) => encodeURIComponent(Buffer.from(value).toString('base64')),
];
const secrets = [KEY, SECRET, credentials].flatMap((secret) => encodings.map((encode) => encode(secret)));
const stack =
  'TypeError: no such thing\n    at handle (/var/task/handler.js:12:7)\n    at async /var/task/index.mjs:3:1';

const operations: readonly OperationName[] = ['read', 'rename', 'delete', 'add', 'create'];

test.each([400, 401, 403, 404, 409, 418, 422, 429, 500])(
  'a %i that repeats our credentials and its own stack: neither is passed on, nor logged',
  async (code) => {
    await using bench = await openFaultBench(() => ({ headers }) => {
      const reason = `Bad ${secrets.join(' ')} at http://${headers.get('host')}/v1: ${headers.get('authorization')}`;
      const asHeader = { 'x-amzn-requestid': `id ${secrets.join(' ')}`, 'retry-after': secrets.join(' ') };
      return json({ reason, message: reason, name: reason, stack, details: { reason } }, code, asHeader);
    });
    for (const operation of operations) await bench.ask(operation);
    expect(bench.leaks()).toEqual([]);
  },
);

test('a reason that is a stack is cut down to its first line', async () => {
  await using bench = await openFaultBench(() => () => json({ reason: stack }, 400));
  const { answer } = await bench.ask('create');
  expect(answer.text).toContain('TypeError: no such thing');
  bench.expectDiscretion();
});

test('a reason without end is cut, and holds no control characters', async () => {
  const reason = `\u001b[31mlong\r\nX-Header: 1\u2028${'x'.repeat(500_000)}`;
  await using bench = await openFaultBench(() => () => json({ reason }, 409));
  const { answer, outcome } = await bench.ask('create');
  expect(outcome).toBe('CONFLICT');
  expect(answer.text.length).toBeLessThan(1_000);
  expect(answer.text).not.toMatch(/\\u001b|\\r|\\n|\u2028/);
});
