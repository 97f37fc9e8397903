import type { GraphQLFormattedError } from 'graphql';
import type { PartialWrite, SentWrite } from '../../shared/gateway-error.ts';
import type { Operation } from '../request/operation.ts';
import type { PresentedError } from './present-error.ts';

/**
 * The errors of an answer that was too large to be sent: what the operation has changed is told all the same, and so is
 * what it may have changed.
 */
export function errorsInstead(
  operation: Operation,
  presented: readonly PresentedError[],
  maxBytes: number,
): readonly PresentedError[] {
  const limit = (message: string, write?: SentWrite): PresentedError => {
    const extensions = { code: CODE, requestId: operation.scope.requestId, ...(write ? { write } : {}) };
    const shown: GraphQLFormattedError = { message, extensions };
    return { shown, code: CODE, status: 200 };
  };
  const writes = distinct(operation.writes);
  const { partialWrites } = operation;
  const whole = writes.filter((write) => !partialWrites.some((part) => isSameChange(part, write)));
  const told = [
    ...whole.map((write) => limit(`The change was made, but ${tooLarge(maxBytes)}`, write)),
    ...partialWrites.map((part) =>
      limit(
        `${describePart(part)} But ${tooLarge(maxBytes)}`,
        writes.find((write) => isSameChange(part, write)),
      ),
    ),
  ];
  const own =
    told.length > 0
      ? told
      : [limit(`The answer is larger than ${maxBytes} bytes: ask for fewer rows or fields at once.`)];
  return [...own, ...presented.filter(({ shown }) => shown.extensions?.['write'] !== undefined)];
}

const CODE = 'LIMIT_EXCEEDED';

function tooLarge(maxBytes: number): string {
  return `the answer is larger than ${maxBytes} bytes: read what you need of it by itself.`;
}

function describePart({ applied, failed, unknown, notAttempted }: PartialWrite): string {
  const ids = applied + failed + unknown + notAttempted;
  return `Of ${ids} ids, ${applied} are as asked now, ${failed} failed, ${unknown} have an unknown outcome, and ${notAttempted} were not tried.`;
}

type Target = Pick<SentWrite, 'endpoint' | 'collectionId'>;

function isSameChange(left: Target, right: Target): boolean {
  return left.endpoint === right.endpoint && left.collectionId === right.collectionId;
}

// A list of members is sent in chunks: they are one change.
function distinct(writes: readonly SentWrite[]): readonly SentWrite[] {
  const byTarget = new Map(writes.map((write) => [`${write.endpoint} ${write.collectionId}`, write]));
  return [...byTarget.values()];
}
