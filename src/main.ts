import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { startApp } from './app.ts';
import { greeting } from './boot/greeting.ts';
import { LogOutput } from './boot/log-output.ts';
import { openLogSink } from './boot/log-sink.ts';
import { openLogger } from './boot/open-logger.ts';
import { watchGateway } from './boot/open-telemetry.ts';
import { describePortInUse } from './boot/port-in-use.ts';
import { readConfig } from './boot/read-config.ts';
import { ConfigError } from './config/config.ts';

const EXIT_BAD_CONFIG = 78;
const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const;
const STDOUT = 1;
const STDERR = 2;

// Without a listener Node opens its inspector, through which anybody on the machine can read the secrets.
process.on('SIGUSR1', () => {});

const output = new LogOutput(openLogSink(STDOUT));
// What runs is stopped by it, as far as anything runs yet.
let stop = async (): Promise<void> => {};
let isStopping = false;
let exitCode = 0;

try {
  for (const signal of STOP_SIGNALS) process.on(signal, onStopSignal);
  if (process.argv[2] === 'sandbox') await runSandbox();
  else await runGateway();
} catch (error) {
  if (error instanceof ConfigError) refuse(error.message, EXIT_BAD_CONFIG);
  const sentence = describePortInUse(error);
  if (sentence === null) throw error;
  // Who develops reads this alone; who operates has it in the log too.
  if (process.argv[2] === 'sandbox' || process.env['NODE_ENV'] === 'development') refuse(sentence, 1);
  writeSync(STDERR, `${sentence}\n`);
  throw error;
}

async function runGateway(): Promise<void> {
  const config = await readConfig(process.env, (path) => readFileSync(path, 'utf8'));
  const logger = await openLogger(config, output);
  stopOnCrash(logger);
  for (const { name, meant } of config.misspelt)
    logger.warn({ variable: name }, `this variable is not known and has no effect: ${meant} may be meant`);
  const watch = await watchGateway(config, logger);
  const app = await startApp(config, {
    logger,
    telemetry: watch.telemetry,
    graphiqlFolder: join(import.meta.dirname, '..', 'dist', 'graphiql'),
    sandboxEnv: process.env,
  });
  stop = async () => {
    await app.stop();
    await watch.stop();
  };
  watch.gauges({ ...app.gauges, logLinesLost: () => output.linesLost });
  if (config.mode === 'development') output.write(greeting(app, config));
  logger.info({ url: app.url, upstream: config.upstream.kind }, 'listening');
  void output.send();
}

async function runSandbox(): Promise<void> {
  const [{ parseSandboxOptions }, { startSandbox }] = await Promise.all([
    import('./sandbox/sandbox-options.ts'),
    import('./sandbox/start-sandbox.ts'),
  ]);
  const parsed = parseSandboxOptions(process.env);
  if (!parsed.ok) throw new ConfigError(parsed.problems);
  const sandbox = await startSandbox(parsed.options);
  stop = () => sandbox.close();
  output.write(`The sandbox plays the Scenario Collections API at ${sandbox.url}\n`);
  void output.send();
}

function stopOnCrash(logger: Logger): void {
  process.on('uncaughtException', (err) => {
    exitCode = 1;
    logger.fatal({ err }, 'crashed');
    if (!isStopping) void end();
  });
}

// The first signal lets what is in flight finish; the second ends the process at once.
function onStopSignal(): void {
  if (isStopping) exit(1);
  else void end();
}

async function end(): Promise<void> {
  isStopping = true;
  await stop().catch(() => {
    exitCode = 1;
  });
  await output.drain();
  exit(exitCode);
}

function exit(code: number): void {
  // Node would wait for the thread that hangs in the last write.
  if (output.holdsProcess) process.kill(process.pid, 'SIGKILL');
  process.exit(code);
}

function refuse(message: string, code: number): void {
  try {
    writeSync(STDERR, `${message}\n`);
  } finally {
    // Whether anybody could be told or not.
    process.exit(code);
  }
}
