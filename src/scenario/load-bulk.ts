import type { Failure } from '../http/failure.ts';
import type { GatewayError } from '../shared/gateway-error.ts';
import type { Result } from '../shared/result.ts';
import { explainFailure } from './explain-failure.ts';
import type { Bulk, Row } from './page.ts';
import type { Subject, Typename } from './subject.ts';

/**
 * Gives what a bulk read brought for each id, in order: `null` for what does not exist.
 * @param complete reads one by itself that the bulk read gave only in part
 */
export function inOrder<Item extends Row>(
  typename: Typename,
  ids: ReadonlyArray<Item['id']>,
  bulk: Result<Bulk<Item>, Failure>,
  complete: (id: Item['id']) => Promise<Item | null | GatewayError>,
): Promise<Array<Item | null | GatewayError>> {
  return Promise.all(
    ids.map(async (id) => {
      if (!bulk.ok) return explainFailure(bulk.failure, { typename, id });
      const row = bulk.value.rows.find((item) => item.id === id);
      if (row) return row;
      return bulk.value.malformedIds.includes(id) ? complete(id) : null;
    }),
  );
}

/** The error of an object that a bulk read gave, but not as the reference promises. */
export function malformedItem(subject: Subject): GatewayError {
  return explainFailure({ kind: 'malformed', issue: 'in a bulk read' }, subject);
}
