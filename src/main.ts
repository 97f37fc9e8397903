import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { startApp } from './app.ts';
import { createLogger } from './boot/create-logger.ts';
import { greeting } from './boot/greeting.ts';
import { LogOutput } from './boot/log-output.ts';
import { openLogSink } from './boot/log-sink.ts';
import { watchGateway } from './boot/open-telemetry.ts';
import { ConfigError, parseConfig } from './config/config.ts';

const EXIT_BAD_CONFIG = 78;
const STDOUT = 1;
const STDERR = 2;

const output = new LogOutput(openLogSink(STDOUT));
let isStopping = false;

try {
  if (process.argv[2] === 'sandbox') await runSandbox();
  else await runGateway();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  refuse(error);
}

async function runGateway(): Promise<void> {
  const config = parseConfig(process.env, (path) => readFileSync(path, 'utf8'));
  const logger = await createLogger(config, output);
  const watch = await watchGateway(config, logger);
  const app = await startApp(config, {
    logger,
    telemetry: watch.telemetry,
    graphiqlFolder: join(import.meta.dirname, '..', 'dist', 'graphiql'),
    sandboxEnv: process.env,
  });
  watch.gauges({ ...app.gauges, logLinesLost: () => output.linesLost });
  const stop = async (): Promise<void> => {
    await app.stop();
    await watch.stop();
  };
  stopOnCrash(logger, stop);
  if (config.mode === 'development') output.write(greeting(app, config.upstream.kind));
  logger.info({ url: app.url, upstream: config.upstream.kind }, 'listening');
  void output.send();
  stopOnSignal(stop);
}

async function runSandbox(): Promise<void> {
  const [{ parseSandboxOptions }, { startSandbox }] = await Promise.all([
    import('./sandbox/sandbox-options.ts'),
    import('./sandbox/start-sandbox.ts'),
  ]);
  const parsed = parseSandboxOptions(process.env);
  if (!parsed.ok) throw new ConfigError(parsed.problems);
  const sandbox = await startSandbox(parsed.options);
  output.write(`The sandbox plays the Scenario Collections API at ${sandbox.url}\n`);
  void output.send();
  stopOnSignal(() => sandbox.close());
}

function stopOnCrash(logger: Logger, stop: () => Promise<void>): void {
  process.on('uncaughtException', (err) => {
    process.exitCode = 1;
    logger.fatal({ err }, 'crashed');
    if (!isStopping) void endAfter(stop);
  });
}

// The first signal lets what is in flight finish; the second ends the process at once.
function stopOnSignal(stop: () => Promise<void>): void {
  const onSignal = (): void => {
    if (isStopping) exit(1);
    else void endAfter(stop);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

async function endAfter(stop: () => Promise<void>): Promise<void> {
  isStopping = true;
  await stop().catch(() => {
    process.exitCode = 1;
  });
  await output.drain();
  exit();
}

function exit(code?: number): void {
  // Node would wait for the thread that hangs in the last write.
  if (output.holdsProcess) process.kill(process.pid, 'SIGKILL');
  process.exit(code);
}

function refuse({ message }: ConfigError): void {
  try {
    writeSync(STDERR, `${message}\n`);
  } finally {
    // Whether anybody could be told or not.
    process.exit(EXIT_BAD_CONFIG);
  }
}
