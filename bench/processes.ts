import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Which processor a process runs on: that of whatever is measured, or that of what surrounds it. */
export type Side = 'gateway' | 'surroundings';

/** A process that this run started. */
export interface Running {
  readonly pid: number;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

const CPUS: Readonly<Record<Side, string>> = { gateway: '0', surroundings: '1' };
const PIN = 'taskset';
const STOP_MS = 3_000;
const READY_MS = 15_000;

/** Whether processes are pinned; without that, they get in one another's way. */
export const isPinned = canPin();

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

/** Starts Node on a file, with this environment and no other. What it prints on stdout goes to /dev/null. */
export function startNode(
  file: URL,
  side: Side,
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Running {
  const node = [process.execPath, ...flags, fileURLToPath(file)];
  const [command = '', ...args] = isPinned ? [PIN, '-c', CPUS[side], ...node] : node;
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  // taskset becomes the process that it starts, so this is Node's own number.
  return { pid: child.pid ?? 0, child, stop: () => stop(child) };
}

/** The next message of a process. @throws when it ends or says nothing in time */
export async function messageOf({ child }: Running, waitMs = READY_MS): Promise<unknown> {
  const settled = new AbortController();
  const signal = AbortSignal.any([settled.signal, AbortSignal.timeout(waitMs)]);
  try {
    const [message]: unknown[] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(() =>
        Promise.reject(new Error('a process of the bench has ended')),
      ),
    ]);
    return message;
  } finally {
    settled.abort();
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const isLate = await Promise.race([ended.then(() => false), sleep(STOP_MS, true, { ref: false })]);
  if (isLate) child.kill('SIGKILL');
  await ended;
}

function canPin(): boolean {
  if (availableParallelism() < 2) return false;
  return Object.values(CPUS).every((cpu) => spawnSync(PIN, ['-c', cpu, 'true']).status === 0);
}
