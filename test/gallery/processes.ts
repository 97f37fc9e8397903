import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const GALLERY = fileURLToPath(new URL('../../examples/gallery', import.meta.url));
const BOOT_TIMEOUT_MS = 60_000;
const POLL_MS = 20;

/** An npm script of the project that runs until it is stopped. */
export interface RunningScript {
  /** Waits until its output matches. @throws with the output when it ends before, or takes too long */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  stop(signal: NodeJS.Signals): Promise<void>;
  /** Waits until it ends by itself. */
  ends(): Promise<{ readonly code: number | null; readonly output: string }>;
}

/** Starts an npm script of the project. */
export function startScript(name: string, env: Record<string, string>): RunningScript {
  const child = spawn('npm', ['run', '--silent', name], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    says: async (pattern) => {
      const giveUpAt = Date.now() + BOOT_TIMEOUT_MS;
      for (;;) {
        const found = pattern.exec(output);
        if (found !== null) return found;
        if (hasEnded() || Date.now() > giveUpAt)
          throw new Error(`npm run ${name} did not say ${pattern}:\n${output}`);
        await delay(POLL_MS);
      }
    },
    stop: async (signal) => {
      const exited = once(child, 'exit');
      if (!hasEnded() && child.kill(signal)) await exited;
    },
    ends: async () => {
      await once(child, 'close');
      return { code: child.exitCode, output };
    },
  };
}

/** Runs a command of the gallery's packages to its end. @returns its output @throws with it when the command fails */
export async function runInGallery(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<string> {
  const options = { cwd: GALLERY, env: { ...process.env, ...env } };
  const { stdout } = await promisify(execFile)(`${GALLERY}/node_modules/.bin/${command}`, args, options);
  return stdout;
}
