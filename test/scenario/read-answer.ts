import type { AnswerKind } from '../../src/scenario/reader.ts';

/** What an answer is read as in which this is wrong. */
export const malformed = (issue: string) => ({ ok: false, failure: { kind: 'malformed', issue } });

/** What an answer is read as; an issue where it cannot be. */
export const read = <Value>({ decode }: AnswerKind<Value>, body: unknown) => {
  const decoded = decode(body);
  return decoded.ok ? decoded.value : decoded.failure;
};

/** What comes back of what is stored as JSON. */
export const stored = <Value>({ decodeStored }: AnswerKind<Value>, value: unknown) =>
  decodeStored(JSON.parse(JSON.stringify(value)));
