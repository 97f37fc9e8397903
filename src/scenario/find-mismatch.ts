import { type CollectionId, isScenarioId } from '../shared/brands.ts';
import { isRecord } from '../shared/is-record.ts';

type FindMismatch = (body: unknown) => string | null;

/**
 * Checks that an answer holds an object under this key, and about this id where one was asked for. An upstream that has
 * got out of step on a connection gives a call what was meant for another.
 */
export function expectObject(key: string, id: string | null = null): FindMismatch {
  return (body) => {
    const object = fieldOf(body, key);
    if (!isRecord(object)) return `/${key} must be an object`;
    return id === null || object['id'] === id ? null : `/${key}/id must be the one that was asked for`;
  };
}

/** Checks that an answer holds a list under this key. */
export function expectList(key: string): FindMismatch {
  return (body) => (Array.isArray(fieldOf(body, key)) ? null : `/${key} must be an array`);
}

/** Checks that an answer holds a list under this key, and in it nothing that was not asked for. */
export function expectOnly(key: string, ids: readonly string[]): FindMismatch {
  return (body) => {
    const items = fieldOf(body, key);
    if (!Array.isArray(items)) return `/${key} must be an array`;
    const asked = new Set<unknown>(ids);
    const isStrange = (item: unknown): boolean => isRecord(item) && 'id' in item && !asked.has(item['id']);
    return items.some(isStrange) ? `/${key} must hold only what was asked for` : null;
  };
}

/** Checks that an answer, which may have any form, does not show another collection than this or a list of them. */
export function expectNoOtherCollection(id: CollectionId): FindMismatch {
  return (body) => {
    if (Array.isArray(fieldOf(body, 'collections'))) return '/collections must be absent';
    const shownId = fieldOf(fieldOf(body, 'collection'), 'id');
    return isScenarioId(shownId) && shownId !== id
      ? '/collection/id must be the one that was asked for'
      : null;
  };
}

function fieldOf(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}
