/** Whether a value is an object whose fields can be looked at. */
export function isRecord(value: unknown): value is Record<string | symbol, unknown> {
  return typeof value === 'object' && value !== null;
}
