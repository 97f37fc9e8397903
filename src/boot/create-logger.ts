import { type Logger as Pino, pino } from 'pino';
import type { Config } from '../config/config.ts';
import type { LogOutput } from './log-output.ts';

const SEND_INTERVAL_MS = 200;

/** Writes one line of JSON for each event, in the background; readable lines at once in development. */
export async function createLogger(
  { mode, logLevel }: Pick<Config, 'mode' | 'logLevel'>,
  output: LogOutput,
): Promise<Pino> {
  if (mode === 'development') return pino({ level: logLevel }, await readable(output));
  setInterval(() => void output.send(), SEND_INTERVAL_MS).unref();
  return pino({ level: logLevel }, output);
}

async function readable(output: LogOutput) {
  const { prettyFactory } = await import('pino-pretty');
  const prettify = prettyFactory({ ignore: 'pid,hostname', singleLine: true });
  return {
    write: (line: string): void => {
      output.write(prettify(line));
      void output.send();
    },
  };
}
