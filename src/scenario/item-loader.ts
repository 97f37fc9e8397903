import DataLoader from 'dataloader';
import type { Failure } from '../http/failure.ts';
import { isNotFound } from '../http/outage.ts';
import type { GatewayError } from '../shared/gateway-error.ts';
import type { Result } from '../shared/result.ts';
import { explainFailure } from './explain-failure.ts';
import type { WalkedRow } from './list-walk.ts';
import type { Row } from './page.ts';
import type { Subject } from './subject.ts';

/** What a batch gives for each id, in order: `null` for what does not exist, an error for what cannot be read. */
export type LoadBatch<Item extends Row> = (
  ids: ReadonlyArray<Item['id']>,
) => Promise<ReadonlyArray<Item | null | Error>>;

/** What came of reading one object, as a batch gives it. */
export function toLoaded<Item>(result: Result<Item, Failure>, subject: Subject): Item | null | GatewayError {
  if (result.ok) return result.value;
  return isNotFound(result.failure) ? null : explainFailure(result.failure, subject);
}

/** Single objects as one request sees them: each is read once, and not at all when a list or a write has shown it. */
export class ItemLoader<Item extends Row> {
  readonly #loadBatch: LoadBatch<Item>;
  readonly #options: DataLoader.Options<Item['id'], Item | null>;
  readonly #seen: Array<readonly Item[]> = [];
  // Most requests read one list and no single object.
  #loader: DataLoader<Item['id'], Item | null> | null = null;

  constructor(loadBatch: LoadBatch<Item>, options: DataLoader.Options<Item['id'], Item | null>) {
    this.#loadBatch = loadBatch;
    this.#options = options;
  }

  load(id: Item['id']): Promise<Item | null> {
    for (const items of this.#seen) {
      const known = items.find((item) => item.id === id);
      if (known) return Promise.resolve(known);
    }
    this.#loader ??= new DataLoader(this.#loadBatch, this.#options);
    return this.#loader.load(id);
  }

  /** Takes over an object that came with a write. */
  see(item: Item): void {
    this.#seen.push([item]);
  }

  /** Takes over the pages that a walk has read. */
  seePagesOf(rows: readonly WalkedRow<Item>[]): void {
    // The rows of a page follow one another.
    let last: WalkedRow<Item>['page'] | null = null;
    for (const { page } of rows) {
      if (page !== last) this.#seen.push(page.rows);
      last = page;
    }
  }

  /** Called when a write has changed what would be read. */
  forget(): void {
    this.#seen.length = 0;
    this.#loader = null;
  }
}
