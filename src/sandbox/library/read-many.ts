import { notFound } from '../api-error.ts';
import type { Faults } from '../faults.ts';
import { seededRandom } from '../seeded-random.ts';
import type { LibraryItem, MemberKind } from './library-item.ts';
import type { LibraryStore } from './library-store.ts';

/** The items of these ids, each once, in the order and with the gaps that are switched on. */
export function readMany(
  library: LibraryStore,
  kind: MemberKind,
  ids: readonly string[],
  { order, missing }: Faults['bulk'],
): LibraryItem[] {
  const distinct = [...new Set(ids)];
  const items = distinct.map((id) => library.find(kind, id)).filter((item) => item !== undefined);
  if (missing === '404' && items.length < distinct.length) {
    throw notFound(`One or more ${kind}s do not exist`);
  }
  return order === 'asked' ? items : shuffled(items);
}

/** The same ids always come in the same order, which is not the one they were asked in. */
function shuffled(items: readonly LibraryItem[]): LibraryItem[] {
  const places = new Map(items.map(({ id }) => [id, seededRandom(`place of ${id}`)()]));
  return items.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
}
