/** All that the log may hold of an error: other fields can hold what was sent, secrets included. */
interface ErrorDescription {
  readonly name?: string | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly stack?: string | undefined;
  readonly cause?: ErrorDescription | undefined;
  /** Of an `AggregateError`. */
  readonly errors?: readonly ErrorDescription[] | undefined;
}

const MAX_DEPTH = 4;
const MAX_ERRORS = 4;
const MAX_LENGTHS = { name: 100, code: 100, message: 1_000, stack: 4_000 };
// Redis repeats the arguments of a command that it does not know, and V8 quotes JSON that cannot be parsed.
const ECHOES = [/, with args beginning with:.*/g, /, (\.{3})?".*?"(\.{3})? is not valid JSON/gs];

/** Says of anything that was thrown what the log may hold: name, code, message and stack, of its causes too. */
export function describeError(thrown: unknown, depth = 0): ErrorDescription {
  if (typeof thrown !== 'object' || thrown === null) return { message: cut(String(thrown), 'message') };
  const cause: unknown = Reflect.get(thrown, 'cause');
  const errors: unknown = Reflect.get(thrown, 'errors');
  return {
    name: textOf(thrown, 'name'),
    code: textOf(thrown, 'code'),
    message: textOf(thrown, 'message'),
    stack: textOf(thrown, 'stack'),
    cause: cause instanceof Error && depth < MAX_DEPTH ? describeError(cause, depth + 1) : undefined,
    errors: Array.isArray(errors) && depth < MAX_DEPTH ? describeAll(errors, depth + 1) : undefined,
  };
}

/** Gives data for the log, with every error in it described. */
export function describeData(data: unknown, depth = 0): unknown {
  if (data instanceof Error) return describeError(data);
  if (typeof data !== 'object' || data === null) return data;
  if (depth === MAX_DEPTH) return '…';
  if (Array.isArray(data)) return data.map((item) => describeData(item, depth + 1));
  return Object.fromEntries(Object.entries(data).map(([key, item]) => [key, describeData(item, depth + 1)]));
}

function describeAll(errors: readonly unknown[], depth: number): ErrorDescription[] {
  return errors.slice(0, MAX_ERRORS).map((error) => describeError(error, depth));
}

function textOf(thrown: object, field: keyof typeof MAX_LENGTHS): string | undefined {
  const value: unknown = Reflect.get(thrown, field);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? cut(value, field) : undefined;
}

function cut(text: string, field: keyof typeof MAX_LENGTHS): string {
  const plain = ECHOES.reduce((rest, echo) => rest.replace(echo, ''), text);
  const limit = MAX_LENGTHS[field];
  return plain.length > limit ? `${plain.slice(0, limit)}…` : plain;
}
