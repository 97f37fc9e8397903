import { type Logger as Pino, pino } from 'pino';
import type { Config } from './config.ts';

/** A logger, and what writes out what it still holds. */
export interface OpenLogger {
  readonly logger: Pino;
  flush(): void;
}

const ALONE = { minLength: 32_768, maxWrite: 65_536 };
// The kernel keeps a write to a pipe in one piece up to this size (PIPE_BUF); longer ones of several processes can mix.
const AMONG_OTHERS = { minLength: 2_048, maxWrite: 4_096 };
// A reader of stdout that hangs costs lines, never requests or memory without bound.
const MAX_PENDING_BYTES = 4 * 1_048_576;
const FLUSH_INTERVAL_MS = 200;

/** Writes one line of JSON for each event to stdout, in the background; readable lines in development. */
export async function createLogger({
  mode,
  logLevel,
  workers,
}: Pick<Config, 'mode' | 'logLevel' | 'workers'>): Promise<OpenLogger> {
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
    ...(workers > 1 ? AMONG_OTHERS : ALONE),
    maxLength: MAX_PENDING_BYTES,
  });
  setInterval(() => stdout.flush(), FLUSH_INTERVAL_MS).unref();
  return { logger: pino({ level: logLevel }, stdout), flush: () => stdout.flushSync() };
}
