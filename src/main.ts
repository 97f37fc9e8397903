import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApp } from './app.ts';
import { createLogger, type OpenLogger } from './boot/create-logger.ts';
import { greeting } from './boot/greeting.ts';
import { watchGateway } from './boot/open-telemetry.ts';
import { ConfigError, parseConfig } from './config/config.ts';

const EXIT_BAD_CONFIG = 78;

try {
  if (process.argv[2] === 'sandbox') await runSandbox();
  else await runGateway();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(EXIT_BAD_CONFIG);
}

async function runGateway(): Promise<void> {
  const config = parseConfig(process.env, (path) => readFileSync(path, 'utf8'));
  const { logger, flush } = await createLogger(config);
  const watch = await watchGateway(config, logger);
  const app = await startApp(config, {
    logger,
    telemetry: watch.telemetry,
    graphiqlFolder: join(import.meta.dirname, '..', 'dist', 'graphiql'),
    sandboxEnv: process.env,
  });
  watch.gauges(app.gauges);
  const stop = async (): Promise<void> => {
    await app.stop();
    await watch.stop();
    flush();
  };
  stopOnCrash(logger, stop);
  if (config.mode === 'development') process.stdout.write(greeting(app, config.upstream.kind));
  logger.info({ url: app.url, upstream: config.upstream.kind }, 'listening');
  flush();
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
  process.stdout.write(`The sandbox plays the Scenario Collections API at ${sandbox.url}\n`);
  stopOnSignal(() => sandbox.close());
}

function stopOnCrash(logger: OpenLogger['logger'], stop: () => Promise<void>): void {
  const crash = async (err: unknown): Promise<void> => {
    logger.fatal({ err }, 'crashed');
    await stop();
    process.exit(1);
  };
  process.on('uncaughtException', (err) => void crash(err));
}

// The first signal lets what is in flight finish; the second ends the process at once.
function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  const onSignal = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
