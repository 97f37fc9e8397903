import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { startProcess } from './gateway-process.ts';

const OPENED = 'Debugger listening';

it('Node opens its inspector on SIGUSR1 when nobody keeps it from that', async () => {
  const child = spawn(process.execPath, [
    '--inspect-port=0',
    '-e',
    'console.log(1); setInterval(() => {}, 1e3)',
  ]);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  child.kill('SIGUSR1');
  const [words] = await once(child.stderr, 'data');
  expect(String(words)).toContain(OPENED);
});

it('on SIGUSR1 the gateway opens no inspector, and goes on', async () => {
  const { signal, query, ending } = await startProcess({
    UPSTREAM: 'sandbox',
    NODE_OPTIONS: '--inspect-port=0',
  });
  for (let round = 0; round < 5; round += 1) {
    signal('SIGUSR1');
    expect((await query('{ collections(first: 1) { nodes { id } } }')).status).toBe(200);
  }
  signal('SIGTERM');
  const { code, stderr } = await ending;
  expect([code, stderr]).toEqual([0, '']);
});

it('every script that runs it starts Node without that signal, and so does the image, which runs the same', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  for (const name of ['start', 'dev', 'sandbox']) expect(scripts[name]).toMatch(/\bnode --disable-sigusr1 /);
});
