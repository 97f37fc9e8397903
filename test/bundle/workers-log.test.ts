import { spawn } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';
import { connect } from './worker-connections.ts';

const CONNECTIONS = 4;
const REQUESTS_EACH = 1_000;

// A pipe between processes, as containers and shells make it: what Node opens for its children is none. Nobody reads
// it before a line comes in at the other end.
const PIPELINE = `"${process.execPath}" dist/main.js | { read -r line <&3; exec dd bs=1000 2>/dev/null; }`;

it('workers write whole lines to a log that is read late, and wait for no reader', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/graphql`;
  const env = { UPSTREAM: 'sandbox', AUTH_MODE: 'none', HOST: '127.0.0.1', PORT: `${port}`, ADMIN_PORT: '0' };
  const shell = spawn('sh', ['-c', PIPELINE], {
    env: { ...env, WORKERS: '2' },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    detached: true,
  });
  onTestFinished(() => void killGroup(shell.pid ?? 0));
  let log = '';
  shell.stdout?.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
  const isReady = () =>
    connect(url)
      .get('/readyz')
      .then(
        ({ status }) => status === 200,
        () => false,
      );
  await expect.poll(isReady, { timeout: 20_000 }).toBe(true);
  const connections = Array.from({ length: CONNECTIONS }, () => connect(url));
  await Promise.all(
    connections.map(async ({ send }) => {
      for (let turn = 0; turn < REQUESTS_EACH; turn += 1)
        expect((await send('{ __typename }')).status).toBe(200);
    }),
  );
  expect(log).toBe('');
  const [, , , go] = shell.stdio;
  if (go && 'end' in go) go.end('go\n');
  const lines = () => log.split('\n').slice(0, -1);
  const operations = () => lines().filter((line) => line.includes('"msg":"operation"')).length;
  await expect.poll(operations, { timeout: 20_000 }).toBe(CONNECTIONS * REQUESTS_EACH);
  for (const line of lines()) expect(() => JSON.parse(line)).not.toThrow();
});

function killGroup(pid: number): boolean {
  try {
    return process.kill(-pid, 'SIGKILL');
  } catch {
    return false;
  }
}
