import { useSyncExternalStore } from 'react';

const COLLECTION = '#/collections/';

/** The id in the address; `null` on the page of all collections. */
export function useCollectionId(): string | null {
  const hash = useSyncExternalStore(onChange, () => location.hash);
  return hash.startsWith(COLLECTION) ? decodeURIComponent(hash.slice(COLLECTION.length)) : null;
}

export function collectionHref(id: string): string {
  return `./${COLLECTION}${encodeURIComponent(id)}`;
}

function onChange(notify: () => void): () => void {
  addEventListener('hashchange', notify);
  return () => removeEventListener('hashchange', notify);
}
