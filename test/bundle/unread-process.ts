import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type GraphQLAnswer, queryGateway } from '../support/gateway.ts';
import { freePort } from '../support/redis-server.ts';
import { readSeries } from '../telemetry/series.ts';

/** The built gateway over the sandbox, whose output cannot be followed. */
export interface UnreadProcess {
  readonly child: ChildProcess;
  /** Exit code, and the signal that ended it instead. */
  readonly ending: Promise<readonly [code: number | null, signal: NodeJS.Signals | null]>;
  query(document: string): Promise<GraphQLAnswer>;
  /** Lines that its log lacks, by its own count. */
  linesLost(): Promise<number | undefined>;
}

/** Starts it with this descriptor for its output and waits until it is ready. */
export async function startUnread(stdout: number): Promise<UnreadProcess> {
  const [port, adminPort] = [await freePort(), await freePort()];
  const env = {
    UPSTREAM: 'sandbox',
    AUTH_MODE: 'none',
    HOST: '127.0.0.1',
    PORT: String(port),
    ADMIN_PORT: String(adminPort),
  };
  const child = spawn(process.execPath, ['dist/main.js'], { env, stdio: ['ignore', stdout, 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(origin);
  return {
    child,
    ending: once(child, 'exit').then(([code, signal]) => [code, signal]),
    query: (document) => queryGateway(`${origin}/graphql`, document),
    linesLost: async () => {
      const metrics = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
      return readSeries(metrics).get('gateway_log_lines_lost_total');
    },
  };
}

/** Waits until a gateway answers there. */
export async function untilReady(origin: string): Promise<void> {
  const isReady = () =>
    fetch(`${origin}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(isReady, { timeout: 20_000 }).toBe(true);
}

/** Opens a file or device for as long as the test runs. */
export function openForTest(path: string, flags: string | number): number {
  const descriptor = openSync(path, flags);
  onTestFinished(() => closeSync(descriptor));
  return descriptor;
}

/** A pipe with 64 KB of room that nobody reads; its reader can go away altogether. */
export function openUnreadPipe(): { readonly writer: number; closeReader(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'pipe-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'pipe');
  spawnSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  let isOpen = true;
  const closeReader = (): void => {
    if (isOpen) closeSync(reader);
    isOpen = false;
  };
  onTestFinished(closeReader);
  return { writer: openForTest(path, constants.O_WRONLY), closeReader };
}
