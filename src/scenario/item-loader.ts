import type { Failure } from '../http/failure.ts';
import { isNotFound } from '../http/outage.ts';
import type { GatewayError } from '../shared/gateway-error.ts';
import type { Result } from '../shared/result.ts';
import { explainFailure } from './explain-failure.ts';
import type { WalkedRow } from './list-walk.ts';
import type { Row } from './page.ts';
import { ReadOnce } from './read-once.ts';
import type { Subject } from './subject.ts';

/** What came of reading one object: `null` where it does not exist, the error where it cannot be read. */
export function toLoaded<Item>(result: Result<Item, Failure>, subject: Subject): Item | null | GatewayError {
  if (result.ok) return result.value;
  return isNotFound(result.failure) ? null : explainFailure(result.failure, subject);
}

/** Single objects as one request sees them: each is read once, and not at all when a list or a write has shown it. */
export class ItemLoader<Item extends Row> {
  readonly #read: (id: Item['id']) => Promise<Item | null>;
  readonly #seen: Array<readonly Item[]> = [];
  readonly #reads = new ReadOnce<Item | null>();

  constructor(read: (id: Item['id']) => Promise<Item | null>) {
    this.#read = read;
  }

  load(id: Item['id']): Promise<Item | null> {
    for (const items of this.#seen) {
      const known = items.find((item) => item.id === id);
      if (known) return Promise.resolve(known);
    }
    return this.#reads.read(id, () => this.#read(id));
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
    this.#reads.clear();
  }
}
