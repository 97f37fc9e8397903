import { useSyncExternalStore } from 'react';

const COLLECTION = '#/collections/';

/** The id in the address; `null` on the page of all collections. */
export function useCollectionId(): string | null {
  const hash = useSyncExternalStore(
    (notify) => {
      addEventListener('hashchange', notify);
      return () => removeEventListener('hashchange', notify);
    },
    () => location.hash,
  );
  return hash.startsWith(COLLECTION) ? decodeURIComponent(hash.slice(COLLECTION.length)) : null;
}

export function collectionHref(id: string): string {
  return `${COLLECTION}${encodeURIComponent(id)}`;
}

export function goToCollections(): void {
  location.hash = '#/';
}
