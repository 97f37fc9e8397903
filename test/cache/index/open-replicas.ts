import { openIndex } from './open-index.ts';
import type { Row } from './records.ts';
import { SharedShelf, ShelfStore } from './shelf-store.ts';

/** Between two questions for the walk of another replica. */
export const POLL_MS = 100;

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && 'id' in value && 'name' in value;
}

const decodeStored = (value: unknown) => (isRow(value) ? value : null);

type Options = Parameters<typeof openIndex>[0];

/** A replica of a gateway. @param shape how it writes rows */
export function openReplica(shelf: SharedShelf, shape = 'rows:1', options: Options = {}) {
  const store = new ShelfStore(shelf);
  return { ...openIndex({ ...options, shared: { store, form: { shape, decodeStored } } }), store };
}

/** Two of them. @param shape how the other one writes rows */
export function openReplicas(shape = 'rows:1', options: Options = {}) {
  const shelf = new SharedShelf();
  return { shelf, one: openReplica(shelf, 'rows:1', options), other: openReplica(shelf, shape, options) };
}
