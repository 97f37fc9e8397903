import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServerErrorCode } from './error-codes.ts';
import { negotiate } from './media-type.ts';
import { type Refusal, refusalExtensions } from './refusal.ts';
import { writeAnswer } from './write-answer.ts';

/** Answers with a refusal, as GraphQL JSON. @returns its code, for the log */
export function refuse(
  req: IncomingMessage,
  res: ServerResponse,
  refusal: Refusal,
  requestId: string,
): ServerErrorCode {
  const contentType = `${negotiate(req.headers.accept).name}; charset=utf-8`;
  const errors = [{ message: refusal.message, extensions: refusalExtensions(refusal, requestId) }];
  const headers = { ...refusal.headers, 'content-type': contentType, 'x-request-id': requestId };
  writeAnswer(res, refusal.status, headers, JSON.stringify({ errors }));
  return refusal.code;
}
