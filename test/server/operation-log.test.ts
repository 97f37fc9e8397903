import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';

const guide = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8');

test('the operating guide shows the line of the log with the fields that it has, and explains each', async () => {
  const { gateway, query } = await openFrontDoor(everyCollection);
  await query('query First { collection(id: "col_1") { name } }');
  const line = () => gateway.logLines.find((text) => text.includes('"msg":"operation"')) ?? '';
  await eventually('the line is written', () => line() !== '', 5_000);
  const fields = Object.keys(JSON.parse(line()));
  const shown = /```json\n(\{[^`]*"msg": "operation"[^`]*\})\n```/.exec(guide)?.[1] ?? '{}';
  expect(new Set(Object.keys(JSON.parse(shown)))).toEqual(new Set(fields));
  const pinos = new Set(['level', 'time', 'pid', 'hostname', 'msg']);
  const unexplained = fields.filter((field) => !pinos.has(field) && !guide.includes(`\`${field}\``));
  expect(unexplained).toEqual([]);
});
