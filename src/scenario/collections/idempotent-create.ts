import { createHash } from 'node:crypto';
import type { CallScope } from '../../http/call.ts';
import { sleep } from '../../http/sleep.ts';
import { GatewayError } from '../../shared/gateway-error.ts';
import { ConflictError } from '../errors.ts';
import { explainOutcome, type WriteOutcome } from '../write-outcome.ts';
import type { Collection } from './collection.ts';
import type { CollectionsApi } from './collections-api.ts';
import type { IdempotencyRecord, IdempotencyStore } from './idempotency-store.ts';

const POLL_MS = 50;
// Clocks of two gateways may differ by this much.
const CLOCK_SKEW_MS = 5_000;

/** Creates a collection at most once for a key, over all gateways that share the store. */
export class IdempotentCreate {
  readonly #api: CollectionsApi;
  readonly #store: IdempotencyStore;

  constructor(api: CollectionsApi, store: IdempotencyStore) {
    this.#api = api;
    this.#store = store;
  }

  /**
   * @param account keys of one are unknown to the others
   * @param key from the client; with it, the same create gives its first outcome again
   * @throws ConflictError when the key stands for another name
   * @throws GatewayError with `OVERLOADED` when the key can't be claimed, so that nothing was sent
   */
  async run(account: string, key: string, name: string, scope: CallScope): Promise<Collection> {
    const storeKey = createHash('sha256')
      .update(JSON.stringify([account, key]))
      .digest('base64url');
    const known = await this.#claim(storeKey, name, scope);
    if (known === null) return this.#create(storeKey, name, scope);
    if (known.name !== name) {
      throw new ConflictError(
        'This idempotencyKey was used for another name: use a new key for a new collection.',
      );
    }
    return replay(known);
  }

  // Waits while another request with the key is under way.
  async #claim(storeKey: string, name: string, scope: CallScope): Promise<IdempotencyRecord | null> {
    for (;;) {
      const known = await this.#tryClaim(storeKey, name, scope);
      if (known?.state !== 'pending' || known.name !== name || known.abandonedAtMs < Date.now()) return known;
      const isInTime = scope.deadline.remainingMs > POLL_MS && (await sleep(POLL_MS, scope.signal));
      if (!isInTime) throw refused('Another request with this idempotencyKey is still under way. Try again.');
    }
  }

  async #tryClaim(
    storeKey: string,
    name: string,
    { deadline }: CallScope,
  ): Promise<IdempotencyRecord | null> {
    try {
      const startedAtMs = Date.now();
      const abandonedAtMs = startedAtMs + deadline.remainingMs + CLOCK_SKEW_MS;
      return await this.#store.claim(storeKey, { state: 'pending', name, startedAtMs, abandonedAtMs });
    } catch (cause) {
      throw refused('The idempotencyKey can not be checked now, so nothing was created. Try again.', cause);
    }
  }

  async #create(storeKey: string, name: string, scope: CallScope): Promise<Collection> {
    const outcome = await this.#api.create(name, scope);
    await this.#remember(storeKey, name, outcome);
    if (outcome.kind === 'applied') return outcome.value;
    throw explainOutcome(outcome, null);
  }

  // What can't be remembered stays pending, and is answered as unknown: never created twice.
  async #remember(storeKey: string, name: string, outcome: WriteOutcome<Collection>): Promise<void> {
    try {
      if (outcome.kind === 'not-applied') await this.#store.release(storeKey);
      else if (outcome.kind === 'unknown') {
        await this.#store.settle(storeKey, { state: 'unknown', name, write: outcome.write });
      } else await this.#store.settle(storeKey, { state: 'applied', name, collection: outcome.value });
    } catch {
      // The caller is told the true outcome all the same.
    }
  }
}

function replay(known: IdempotencyRecord): Collection {
  if (known.state === 'applied') return known.collection;
  const write =
    known.state === 'unknown'
      ? known.write
      : {
          endpoint: 'collections.create',
          collectionId: null,
          name: known.name,
          startedAt: new Date(known.startedAtMs).toISOString(),
        };
  const message =
    'Whether this key created its collection can not be known. Look for it before you use a new key.';
  throw new GatewayError('WRITE_OUTCOME_UNKNOWN', message, { retryable: false, write });
}

function refused(message: string, cause?: unknown): GatewayError {
  return new GatewayError('OVERLOADED', message, { retryable: true }, { cause });
}
