import type { IncomingMessage } from 'node:http';
import { fail, type Result, succeed } from '../../shared/result.ts';
import type { Refusal } from './refusal.ts';

/** Refuses a GET whose `variables` or `extensions` are no JSON; such a request has no body (`null`). */
export function checkQueryString({ url = '' }: IncomingMessage): Result<null, Refusal> {
  const parameters = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  const broken = ['variables', 'extensions'].find((name) => !isJsonOrAbsent(parameters.get(name)));
  if (broken === undefined) return succeed(null);
  return fail({
    status: 400,
    code: 'BAD_USER_INPUT',
    message: `The parameter "${broken}" is not valid JSON.`,
  });
}

function isJsonOrAbsent(text: string | null): boolean {
  if (!text) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
