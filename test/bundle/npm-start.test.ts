import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';

const LISTENING = /"pid":(\d+),.*"msg":"listening"/;

// A shell between npm and Node would take the signal and leave the gateway behind.
it('a signal to "npm start" reaches the gateway, which drains and ends', async () => {
  const { PATH = '', HOME = '' } = process.env;
  const npm = spawn('npm', ['start'], {
    env: {
      PATH,
      HOME,
      UPSTREAM: 'sandbox',
      AUTH_MODE: 'none',
      HOST: '127.0.0.1',
      PORT: '0',
      ADMIN_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void npm.kill('SIGKILL'));
  let output = '';
  npm.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await eventually('the gateway listens', () => LISTENING.test(output), 20_000);
  const pid = Number(LISTENING.exec(output)?.[1]);
  onTestFinished(() => void (isRunning(pid) && process.kill(pid, 'SIGKILL')));
  npm.kill('SIGTERM');
  expect(await once(npm, 'exit')).toEqual([0, null]);
  await eventually('the gateway ends', () => !isRunning(pid), 5_000);
});

it('no script puts a shell between npm and the gateway', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  for (const name of ['start', 'dev', 'sandbox'])
    expect(scripts[name]).toMatch(/^(NODE_ENV=development )?exec node /);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
