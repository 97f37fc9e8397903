import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { queryGateway } from '../support/gateway.ts';
import { freePort } from '../support/redis-server.ts';
import { openForTest, openUnreadPipe, startUnread, untilReady } from './unread-process.ts';

// Lines of some 400 bytes: more than a pipe holds.
const REQUESTS = 300;
const NAMED = `query ${'Long'.repeat(30)} { collections(first: 1) { nodes { id } } }`;

async function statusesOf(query: (document: string) => Promise<{ readonly status: number }>) {
  const statuses = new Set<number>();
  for (let sent = 0; sent < REQUESTS; sent += 1) statuses.add((await query(NAMED)).status);
  return [...statuses];
}

function openPipeWithoutReader(): number {
  const { writer, closeReader } = openUnreadPipe();
  closeReader();
  return writer;
}

describe.each<[form: string, open: () => number, leastLost: number]>([
  ['is full', () => openForTest('/dev/full', 'w'), REQUESTS],
  ['has no reader any more', openPipeWithoutReader, REQUESTS],
  ['has a reader that hangs', () => openUnreadPipe().writer, 0],
])('when the log %s', (_form, open, leastLost) => {
  it('requests go on, lines are lost and counted, and the process ends well within seconds', async () => {
    const { child, ending, query, linesLost } = await startUnread(open());
    expect(await statusesOf(query)).toEqual([200]);
    await expect.poll(linesLost).toBeGreaterThanOrEqual(leastLost);
    const askedAt = performance.now();
    child.kill('SIGTERM');
    expect(await ending).toEqual([0, null]);
    expect(performance.now() - askedAt).toBeLessThan(5_000);
  });

  it('a second signal ends the process at once', async () => {
    const { child, ending, query } = await startUnread(open());
    await statusesOf(query);
    child.kill('SIGTERM');
    child.kill('SIGINT');
    expect(await ending).toEqual([1, null]);
  });
});

it('when the reader of the log goes away later, requests go on', async () => {
  const { writer, closeReader } = openUnreadPipe();
  const { child, ending, query, linesLost } = await startUnread(writer);
  await query(NAMED);
  closeReader();
  expect(await statusesOf(query)).toEqual([200]);
  await expect.poll(linesLost).toBeGreaterThanOrEqual(REQUESTS - 1);
  child.kill('SIGTERM');
  expect(await ending).toEqual([0, null]);
});

// A write to it holds a thread, which Node would wait for.
it('when the log is a terminal that was stopped, requests go on and the process ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'terminal-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const port = await freePort();
  const pidFile = join(folder, 'pid');
  const command = `echo $$ > ${pidFile}; exec ${process.execPath} dist/main.js`;
  const env = {
    UPSTREAM: 'sandbox',
    AUTH_MODE: 'none',
    PORT: String(port),
    ADMIN_PORT: '0',
    SHELL: '/bin/sh',
  };
  // It stops taking from the terminal when nobody takes its own output.
  const terminal = spawn('script', ['-qc', command, '/dev/null'], {
    env,
    stdio: ['ignore', openUnreadPipe().writer, 'inherit'],
  });
  onTestFinished(() => void terminal.kill('SIGKILL'));
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(origin);
  expect(await statusesOf((document) => queryGateway(`${origin}/graphql`, document))).toEqual([200]);
  const pid = Number(readFileSync(pidFile, 'utf8'));
  process.kill(pid, 'SIGTERM');
  await eventually('the process ends', () => hasEnded(pid), 5_000);
});

it('a bad configuration ends the process with its code, whether anybody can be told or not', async () => {
  const full = openForTest('/dev/full', 'w');
  const child = spawn(process.execPath, ['dist/main.js'], { env: {}, stdio: ['ignore', full, full] });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect(code).toBe(78);
});

/** Whether it is gone, or only waits for its parent to notice. */
function hasEnded(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || / Z /.test(readFileSync(stat, 'utf8'));
}
