import type { Refusal } from '../edge/refusal.ts';

const MAX_SHOWN_NAMES = 10;
const MAX_SHOWN_LENGTH = 60;

/**
 * The refusal of a request that chooses none of its document's operations.
 * @param names those that choose one; `null` among them where none is needed
 * @param asked `null` where the request names none
 */
export function noSuchOperation(names: ReadonlySet<string | null>, asked: string | null): Refusal {
  const known = [...names].filter((name) => name !== null);
  const problem =
    asked === null
      ? `The document has ${known.length} operations`
      : `The document has no operation ${quote(asked)}`;
  const advice =
    known.length === 0
      ? 'its only one has no name, so leave out "operationName"'
      : `send the name of the one to run as "operationName", out of ${list(known)}`;
  return { status: 400, code: 'BAD_USER_INPUT', message: `${problem}: ${advice}.` };
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MAX_SHOWN_NAMES).map(quote).join(', ');
  const left = names.length - MAX_SHOWN_NAMES;
  return left > 0 ? `${shown} and ${left} more` : shown;
}

function quote(name: string): string {
  return `"${name.length > MAX_SHOWN_LENGTH ? `${name.slice(0, MAX_SHOWN_LENGTH)}…` : name}"`;
}
