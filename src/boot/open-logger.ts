import { type Logger as Pino, pino } from 'pino';
import type { Config } from '../config/config.ts';
import type { OperationLogger } from '../shared/logger.ts';
import { describeData, describeError } from './describe-error.ts';
import type { LogOutput } from './log-output.ts';
import { createOperationWriter } from './operation-writer.ts';
import { type LineTarget, scrubLines } from './scrub-lines.ts';

type LogConfig = Pick<Config, 'logLevel' | 'secrets'>;
type GatewayLogger = Pino & OperationLogger;

const SEND_INTERVAL_MS = 200;

/** Writes one line of JSON for each event, in the background; readable lines at once in development. */
export async function openLogger(
  config: LogConfig & Pick<Config, 'mode'>,
  output: LogOutput,
): Promise<GatewayLogger> {
  if (config.mode === 'development') return createLogger(config, await readable(output));
  setInterval(() => void output.send(), SEND_INTERVAL_MS).unref();
  return createLogger(config, output);
}

/** Gives these lines of JSON, without secrets and with no more of an error than may be told. */
export function createLogger({ logLevel, secrets }: LogConfig, target: LineTarget): GatewayLogger {
  const serializers = { err: describeError, failure: describeData };
  const scrubbed = scrubLines(secrets, target);
  const logger = pino({ level: logLevel, serializers }, scrubbed);
  const operation = logger.isLevelEnabled('info') ? createOperationWriter(scrubbed) : () => {};
  return Object.assign(logger, { operation });
}

async function readable(output: LogOutput): Promise<LineTarget> {
  const { prettyFactory } = await import('pino-pretty');
  const prettify = prettyFactory({ ignore: 'pid,hostname', singleLine: true });
  return {
    write: (line) => {
      output.write(prettify(line));
      void output.send();
    },
  };
}
