type LogFields = Readonly<Record<string, unknown>>;

/** The part of a structured logger that the gateway uses; pino satisfies it. */
export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
