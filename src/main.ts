import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { type App, startApp } from './app.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { greeting } from './greeting.ts';

const EXIT_BAD_CONFIG = 78;

try {
  if (process.argv[2] === 'sandbox') await runSandbox();
  else await runGateway();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT_BAD_CONFIG;
}

async function runGateway(): Promise<void> {
  const config = parseConfig(process.env, (path) => readFileSync(path, 'utf8'));
  const logger = await createLogger(config);
  const app = await startApp(config, {
    logger,
    graphiqlFolder: join(import.meta.dirname, '..', 'dist', 'graphiql'),
    sandboxEnv: process.env,
  });
  if (config.mode === 'development') process.stdout.write(greeting(app, config.upstream.kind));
  logger.info({ url: app.url, upstream: config.upstream.kind }, 'listening');
  stopOnSignal(app);
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
  stopOnSignal({ stop: sandbox.close });
}

async function createLogger({ mode, logLevel }: Config) {
  if (mode === 'production') return pino({ level: logLevel });
  const { default: pretty } = await import('pino-pretty');
  return pino({ level: logLevel }, pretty({ ignore: 'pid,hostname', singleLine: true }));
}

// The first signal lets what is in flight finish; the second ends the process at once.
function stopOnSignal({ stop }: Pick<App, 'stop'>): void {
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
