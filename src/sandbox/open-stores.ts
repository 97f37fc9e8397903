import { DatabaseSync } from 'node:sqlite';
import { CollectionsStore } from './collections-store.ts';
import { LibraryStore } from './library/library-store.ts';
import { type CollectionsSeed, seedCollections } from './seed-collections.ts';
import { seedLibrary } from './seed-library.ts';
import { TABLES } from './tables.ts';
import { inTransaction } from './transaction.ts';

const SCHEMA_VERSION = 2;

interface Stores {
  readonly store: CollectionsStore;
  readonly library: LibraryStore;
}

export interface OpenStores extends Stores {
  close(): void;
}

/**
 * Opens the file, or memory without one. The seed fills a new database only: a file whose collections were all deleted
 * stays empty. Throws when the file was written by another version of the sandbox.
 */
export function openStores(file: string | undefined, seed: CollectionsSeed): OpenStores {
  const database = new DatabaseSync(file ?? ':memory:', { timeout: 2000 });
  try {
    const isNew = readVersion(database, file ?? 'memory') === 0;
    const stores = isNew ? fill(database, seed) : storesOn(database);
    return { ...stores, close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}

function readVersion(database: DatabaseSync, label: string): number {
  const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
  if (version === 0 || version === SCHEMA_VERSION) return version;
  throw new Error(`${label} was written by another version of the sandbox (schema ${String(version)})`);
}

function storesOn(database: DatabaseSync): Stores {
  return { store: new CollectionsStore(database), library: new LibraryStore(database) };
}

function fill(database: DatabaseSync, seed: CollectionsSeed): Stores {
  return inTransaction(database, () => {
    database.exec(TABLES);
    const stores = storesOn(database);
    stores.library.insert(seedLibrary());
    for (const collection of seedCollections(seed)) {
      stores.library.insert(collection.members);
      stores.store.insertPlanned(collection);
    }
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    return stores;
  });
}
