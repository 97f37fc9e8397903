import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describePortInUse } from '../src/boot/port-in-use.ts';
import { installGallery } from './install-gallery.ts';

const { PORT = '4000', GALLERY_PORT = '5173' } = process.env;
const GATEWAY = `http://127.0.0.1:${PORT}`;
const GALLERY = `http://localhost:${GALLERY_PORT}/`;
const VITE = ['node_modules/vite/bin/vite.js', '--port', GALLERY_PORT, '--strictPort', '--logLevel', 'warn'];
const GATEWAY_ARGS = ['--disable-sigusr1', 'src/main.ts'];
const POLL_MS = 100;

// What else listens there would be taken for what is started here.
await Promise.all([
  requireFree('PORT', PORT, '127.0.0.1'),
  requireFree('GALLERY_PORT', GALLERY_PORT, 'localhost'),
]);
await installGallery('what it runs on');
const parts = [
  // Not watched: it ends when it cannot start.
  start(process.execPath, GATEWAY_ARGS, '.', { PORT, NODE_ENV: 'development' }),
  start(process.execPath, VITE, 'examples/gallery', { VITE_GATEWAY_URL: `${GATEWAY}/graphql` }),
];
const ended = Promise.race(parts.map((part) => once(part, 'exit'))).then(() => 1);
const asked = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal))).then(
  () => 0,
);
const up = Promise.all([untilUp(`${GATEWAY}/readyz`), untilUp(GALLERY)]);

void up.then(() =>
  console.log(`\n  Gallery   ${GALLERY}\n  GraphiQL  ${GATEWAY}/graphql\n\n  Ctrl-C ends both.\n`),
);
const exitCode = await Promise.race([ended, asked]);
await Promise.all(parts.map(end));
process.exit(exitCode);

async function requireFree(variable: string, port: string, host: string): Promise<void> {
  const server = createServer();
  try {
    await once(server.listen(Number(port), host), 'listening');
    server.close();
  } catch (error) {
    console.error(
      describePortInUse(error, variable) ?? `${variable}=${port} cannot be used: ${messageOf(error)}`,
    );
    process.exit(1);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function start(command: string, args: string[], cwd: string, env: Record<string, string>): ChildProcess {
  return spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

async function untilUp(url: string): Promise<void> {
  while (!(await isUp(url))) await delay(POLL_MS);
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function end(part: ChildProcess): Promise<void> {
  if (part.exitCode === null && part.signalCode === null && part.kill('SIGTERM')) await once(part, 'exit');
}
