import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, startApp } from './app.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { createLogger, type OpenLogger } from './create-logger.ts';
import { greeting } from './greeting.ts';
import { watchGateway } from './watch-gateway.ts';
import { workerConfig } from './worker-config.ts';
import type { Primary } from './workers/join-primary.ts';

const EXIT_BAD_CONFIG = 78;

/** A process that serves. */
interface Serving {
  readonly app: App;
  readonly log: OpenLogger;
  /** @param hasHeirs other processes take new connections from now on */
  stop(hasHeirs?: boolean): Promise<void>;
}

try {
  if (process.argv[2] === 'sandbox') await runSandbox();
  else if (process.argv[2] === 'worker') await runWorker();
  else await runGateway();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(EXIT_BAD_CONFIG);
}

async function runGateway(): Promise<void> {
  const files = new Map<string, string>();
  const config = parseConfig(process.env, (path) => {
    const text = readFileSync(path, 'utf8');
    files.set(path, text);
    return text;
  });
  if (config.workers > 1) return runPrimary(config, files);
  const gateway = await serve(config);
  announce(config, gateway.app, gateway.log);
  stopOnSignal(() => gateway.stop());
}

/** The one process of a gateway that has one, or a worker. */
async function serve(config: Config, primary?: Primary): Promise<Serving> {
  const log = await createLogger(config);
  const watch = await watchGateway(config, log.logger, primary?.showMetrics);
  const app = await startApp(config, {
    logger: log.logger,
    telemetry: watch.telemetry,
    graphiqlFolder: join(import.meta.dirname, '..', 'dist', 'graphiql'),
    sandboxEnv: process.env,
    ...(primary && { local: primary.local }),
  });
  watch.gauges(app.gauges);
  const stop = async (hasHeirs = false): Promise<void> => {
    await app.stop(hasHeirs);
    await watch.stop();
    await primary?.takeLeave();
    log.flush();
  };
  stopOnCrash(log.logger, () => stop(primary !== undefined));
  return { app, log, stop };
}

/** Starts the workers, which serve, and ends when they have. */
async function runPrimary(config: Config, files: ReadonlyMap<string, string>): Promise<void> {
  const { startPrimary } = await import('./start-primary.ts');
  const log = await createLogger(config);
  const started = await startPrimary(config, { logger: log.logger, files, sandboxEnv: process.env });
  // The worker has said why.
  if (!started.ok) process.exit(started.failure);
  const primary = started.value;
  const stop = async (): Promise<void> => {
    const isGood = await primary.stop();
    log.flush();
    if (!isGood) process.exit(1);
  };
  stopOnCrash(log.logger, stop);
  announce(config, primary, log);
  stopOnSignal(stop, primary.kill);
  void primary.givenUp.then(stop).finally(() => process.exit(1));
}

async function runWorker(): Promise<void> {
  const { joinPrimary } = await import('./workers/join-primary.ts');
  const primary = await joinPrimary();
  const config = workerConfig(parseConfig(process.env, primary.readFile), primary.orders);
  const { app, log, stop } = await serve(config, primary);
  let isStopping = false;
  const end = (hasHeirs: boolean): void => {
    if (isStopping) return;
    isStopping = true;
    stop(hasHeirs).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  primary.onStop(end);
  // The primary gets most signals as well, and says when all stop.
  const onSignal = async (): Promise<void> => {
    if (primary.isGone()) process.exit(1);
    if (await primary.isMeantAlone()) end(true);
  };
  process.on('SIGTERM', () => void onSignal());
  process.on('SIGINT', () => void onSignal());
  await primary.serveAt(app, log.logger);
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

function announce(
  config: Config,
  gateway: Pick<App, 'url' | 'upstream'>,
  { logger, flush }: OpenLogger,
): void {
  if (config.mode === 'development') process.stdout.write(greeting(gateway, config.upstream.kind));
  logger.info({ url: gateway.url, upstream: config.upstream.kind }, 'listening');
  flush();
}

function stopOnCrash(logger: OpenLogger['logger'], stop: () => Promise<void>): void {
  const crash = async (err: unknown): Promise<void> => {
    logger.fatal({ err }, 'crashed');
    await stop();
    process.exit(1);
  };
  process.on('uncaughtException', (err) => void crash(err));
}

// The first signal lets what is in flight finish; the second ends the process, and what hangs on it, at once.
function stopOnSignal(stop: () => Promise<void>, kill?: () => Promise<void>): void {
  let isStopping = false;
  const onSignal = (): void => {
    if (isStopping) {
      if (!kill) process.exit(1);
      void kill().finally(() => process.exit(1));
      return;
    }
    isStopping = true;
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
