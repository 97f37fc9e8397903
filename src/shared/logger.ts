type LogFields = Readonly<Record<string, unknown>>;

/** The part of a structured logger that the gateway uses; pino satisfies it. */
export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

type PlainValue = string | number | boolean | null | undefined | readonly string[];

/** Fields that are JSON as they are: no error is among them, of which only a part may be told. */
export type PlainFields = Readonly<Record<string, PlainValue>>;

/** A logger that has a faster way for the line of each operation than for all others. */
export interface OperationLogger extends Logger {
  /** Does what `info(fields, 'operation')` does. @param fields one at least */
  operation(fields: PlainFields): void;
}
