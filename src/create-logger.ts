import { type Logger as Pino, pino } from 'pino';
import type { Config } from './config.ts';

/** A logger, and what writes out what it still holds. */
export interface OpenLogger {
  readonly logger: Pino;
  flush(): void;
}

const BUFFER_BYTES = 32_768;
const MAX_WRITE_BYTES = 65_536;
// A reader of stdout that hangs costs lines, never requests or memory without bound.
const MAX_PENDING_BYTES = 4 * 1_048_576;
const FLUSH_INTERVAL_MS = 200;

/** Writes one line of JSON for each event to stdout, in the background; readable lines in development. */
export async function createLogger({
  mode,
  logLevel,
}: Pick<Config, 'mode' | 'logLevel'>): Promise<OpenLogger> {
  if (mode === 'development') {
    const { default: pretty } = await import('pino-pretty');
    return {
      logger: pino({ level: logLevel }, pretty({ ignore: 'pid,hostname', singleLine: true })),
      flush: () => {},
    };
  }
  const stdout = pino.destination({
    dest: 1,
    sync: false,
    minLength: BUFFER_BYTES,
    maxWrite: MAX_WRITE_BYTES,
    maxLength: MAX_PENDING_BYTES,
  });
  setInterval(() => stdout.flush(), FLUSH_INTERVAL_MS).unref();
  return { logger: pino({ level: logLevel }, stdout), flush: () => stdout.flushSync() };
}
