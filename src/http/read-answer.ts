import type { Result } from '../shared/result.ts';
import type { Call, CallResult } from './call.ts';
import { decodeText } from './decode-text.ts';
import { type Failure, mayHaveBeenApplied } from './failure.ts';
import { parseJson } from './parse-json.ts';
import { type ResponseHeaders, readStatusFailure } from './read-status-failure.ts';

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** The whole body, or why it was not read to its end. */
  readonly body: Buffer | 'too-large' | 'encoded';
}

/** What an exchange came to. */
interface Reading {
  readonly result: CallResult;
  /** Whether another call may follow on the connection: the answer was read whole, and answers this call. */
  readonly isSound: boolean;
}

/**
 * Judges what an exchange brought.
 * @param redact takes out of the upstream's words what must not be repeated
 */
export function readAnswer(
  call: Call,
  raw: Result<RawAnswer, Failure>,
  redact: (text: string) => string,
): Reading {
  if (!raw.ok) return { result: failed(raw.failure), isSound: false };
  const { status, headers, body } = raw.value;
  const isWhole = typeof body !== 'string';
  const text = isWhole ? decodeText(body) : '';
  if (status < 200 || status > 299)
    return { result: failed(readStatusFailure(status, headers, text, redact)), isSound: isWhole };
  const result = isWhole ? readBody(call, text) : failed({ kind: 'unreadable', why: body });
  return { result, isSound: result.ok };
}

function readBody(call: Call, text: string): CallResult {
  const body = parse(text);
  const mayBeMissing = call.answer === 'json-or-nothing' && text.trim() === '';
  if (body === undefined && !mayBeMissing) return failed({ kind: 'unreadable', why: 'not-json' });
  const issue = call.findMismatch?.(body) ?? null;
  return issue === null ? { ok: true, body, unclear: false } : failed({ kind: 'malformed', issue });
}

// No JSON is `undefined`.
function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function failed(failure: Failure): CallResult {
  return { ok: false, failure, unclear: mayHaveBeenApplied(failure) };
}
