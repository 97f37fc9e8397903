import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { type GraphQLAnswer, queryGateway } from '../support/gateway.ts';

const MAIN = 'dist/main.js';
const LISTENING = /"url":"([^"]+)".*"msg":"listening"/;

/** Any free port on the loopback, and no second listener: processes of one test must not get in each other's way. */
const LISTENERS = { HOST: '127.0.0.1', PORT: '0', ADMIN_PORT: '0' };

/** What a process left behind. */
export interface Ending {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built gateway in a process of its own. */
export interface GatewayProcess {
  readonly pid: number;
  readonly url: string;
  /** Milliseconds from the start of the process until it listened. */
  readonly startMs: number;
  readonly ending: Promise<Ending>;
  query(document: string, variables?: object): Promise<GraphQLAnswer>;
  /** What it has written to stdout so far. */
  stdout(): string;
  signal(name: NodeJS.Signals): void;
}

type Environment = Readonly<Record<string, string>>;

interface Started {
  readonly child: ChildProcess;
  readonly output: { readonly stdout: string };
  readonly listening: Promise<string>;
  readonly ending: Promise<Ending>;
}

/** Nothing of this process's environment gets through, so that a test says all that it relies on. */
function start(env: Environment, main: string): Started {
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output.stderr += chunk));
  const listening = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output.stdout += chunk;
      const [, url] = LISTENING.exec(output.stdout) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
  const ending = once(child, 'close').then(() => ({ code: child.exitCode, ...output }));
  return { child, output, listening, ending };
}

/** Runs the gateway until it ends by itself. */
export function runToEnd(env: Environment, main = MAIN): Promise<Ending> {
  return start(env, main).ending;
}

/** Starts the gateway on any free port. @throws with its words when it ends instead of listening */
export async function startProcess(env: Environment, main = MAIN): Promise<GatewayProcess> {
  const startedAt = performance.now();
  const { child, output, listening, ending } = start({ ...LISTENERS, AUTH_MODE: 'none', ...env }, main);
  const url = await Promise.race([listening, ending.then(failToStart)]);
  return {
    pid: child.pid ?? 0,
    url,
    startMs: performance.now() - startedAt,
    ending,
    query: (document, variables) => queryGateway(url, document, variables),
    stdout: () => output.stdout,
    signal: (name) => void child.kill(name),
  };
}

function failToStart({ code, stderr }: Ending): never {
  throw new Error(`The gateway ended with ${code}: ${stderr}`);
}
