/** What a connection to Redis was found to do wrong: `LATE` of a command, the others of the connection. */
type FaultCode = 'LATE' | 'SILENT' | 'UNASKED' | 'FOREIGN';

const MESSAGES: Readonly<Record<FaultCode, string>> = {
  LATE: 'Redis did not answer in time',
  SILENT: 'Redis says nothing',
  UNASKED: 'Redis says what nobody asked for',
  FOREIGN: 'Redis gave a reply that does not belong to the command',
};

export class RedisFault extends Error {
  override readonly name = 'RedisFault';
  readonly code: FaultCode;

  constructor(code: FaultCode) {
    super(MESSAGES[code]);
    this.code = code;
  }
}

/** Whether Redis itself refused a command, so that it was not carried out. */
export function isErrorReply(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError';
}

/**
 * What may be logged of an error: its code (`ECONNREFUSED`), or the first word of what Redis replied (`OOM`), also where a
 * script was refused. The rest of it may hold passwords, names and ids: errors carry the arguments of their commands, and
 * some replies repeat them.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (isErrorReply(error)) return firstWord(/: -([A-Z]+) /, error) ?? firstWord(/^([A-Z]+)/, error) ?? 'ERR';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Of a cluster, and of sentinels, whose last error stands in the text.
  if ('lastNodeError' in error && error.lastNodeError) return reasonOf(error.lastNodeError);
  return firstWord(/\b(E[A-Z]{5,})\b/, error) ?? 'unknown';
}

function firstWord(pattern: RegExp, { message }: Error): string | undefined {
  return pattern.exec(message)?.[1];
}
