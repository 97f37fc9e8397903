import { type Logger as Pino, pino } from 'pino';
import type { Config } from '../config/config.ts';
import { LineBatch } from './line-batch.ts';

/** A logger, and what writes out what it still holds. */
export interface OpenLogger {
  readonly logger: Pino;
  flush(): void;
}

const BATCH_BYTES = 32_768;
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
    maxWrite: BATCH_BYTES,
    maxLength: MAX_PENDING_BYTES,
  });
  const batch = new LineBatch(stdout, BATCH_BYTES);
  setInterval(() => batch.flush(), FLUSH_INTERVAL_MS).unref();
  const flush = (): void => {
    batch.flush();
    stdout.flushSync();
  };
  return { logger: pino({ level: logLevel }, batch), flush };
}
