import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULT_CASES } from './cases.ts';
import type { Expectation, Results } from './results.ts';

const INTRODUCTION = `# What the gateway does when the upstream fails

Written by \`node scripts/write-fault-table.ts\` from the cases in \`test/faults\`; a test fails when it is out of date.

Every case runs against an upstream at a raw socket that keeps a ledger of the writes that it applied. Behind each, these hold:
the answer came within the deadline; the ledger equals what was told; the next healthy request succeeds within a second; no
credential, stack, file path, upstream address, header or raw body is in an answer or a log line; the operation has one log
line with its request id; the sockets to the upstream are back to those at rest.

A cell says what the client is told, and after how many upstream calls. \`ok\` is success, \`null\` an object that is not there.
"Read" is a query for one collection, the others are the mutations of that name, "add" for one asset.`;

const SECTIONS: ReadonlyArray<[column: keyof Expectation, title: string]> = [
  ['always', 'The fault happens every time'],
  ['once', 'The fault happens once, before anything was applied'],
  ['applied', 'The fault happens once, after the write was applied'],
];

const FILES: ReadonlyArray<[file: string, title: string]> = [
  ['connect.test.ts', 'Connecting'],
  ['proxy.test.ts', 'The way out through a proxy'],
  ['keep-alive.test.ts', 'Idle connections'],
  ['out-of-step.test.ts', 'Answers that are meant for another call'],
  ['throttling.test.ts', 'Throttling'],
  ['pacing.test.ts', 'Pacing'],
  ['lists.test.ts', 'Lists'],
  ['search.test.ts', 'Searches'],
  ['chunks.test.ts', 'Bulk edits'],
  ['deadlines.test.ts', 'Deadlines'],
  ['short-deadlines.test.ts', 'Deadlines that callers shorten'],
  ['cancellation.test.ts', 'Clients that leave'],
  ['overload.test.ts', 'Overload'],
  ['outage.test.ts', 'Outages'],
  ['resources.test.ts', 'Memory and the event loop'],
  ['echoes.test.ts', 'An upstream that gives secrets back'],
  ['random-run.test.ts', 'Everything at once'],
  ['lost-answers.test.ts', 'Answers that are lost'],
];
// Their cases are the tables.
const TABULATED = ['exchanges.test.ts', 'fault-document.test.ts'];

const TITLE =
  /^\s*(?:test|test\.concurrent|test\.each\([^\n]*?\)|\]\)|\))?\(\s*(['"`])((?:(?!\1).)*)\1,\s*(?:async|\(|$)/gm;

/** The whole of docs/faults.md. @throws when a test file is in no list above */
export function writeFaultDocument(): string {
  const known = new Set([...FILES.map(([file]) => file), ...TABULATED]);
  const strangers = readdirSync(import.meta.dirname).filter(
    (file) => file.endsWith('.test.ts') && !known.has(file),
  );
  if (strangers.length > 0) throw new Error(`not in docs/faults.md: ${strangers.join(', ')}`);
  const tables = SECTIONS.map(([column, title]) => `## ${title}\n\n${tabulate(column)}`);
  const lists = FILES.map(([file, title]) => `## ${title}\n\n${listPromises(file)}`);
  return `${[INTRODUCTION, ...tables, ...lists].join('\n\n')}\n`;
}

function tabulate(column: keyof Expectation): string {
  const operations = column === 'applied' ? WRITES : ['read' as const, ...WRITES];
  const rows = FAULT_CASES.flatMap(({ fault, expected }) => {
    const results = expected[column];
    return results === null ? [] : [[fault, ...operations.map((operation) => toCell(results, operation))]];
  });
  const lines = [['fault', ...operations], operations.map(() => '---').concat('---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const WRITES = ['rename', 'delete', 'add', 'create'] as const;

function toCell(results: Results, operation: keyof Results): string {
  const [outcome, calls] = results[operation];
  return `${outcome === 'ok' || outcome === 'null' ? outcome : `\`${outcome}\``}, ${calls}`;
}

function listPromises(file: string): string {
  const source = readFileSync(join(import.meta.dirname, file), 'utf8');
  const titles = [...source.matchAll(TITLE)].map(([, , title = '']) => title);
  if (titles.length === 0) throw new Error(`${file} promises nothing`);
  return titles
    .map((title) => `- ${title.replaceAll(/%[sij]/g, '…').replaceAll(/\$\{[^}]*\}/g, '…')}`)
    .join('\n');
}
