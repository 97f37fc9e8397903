import { hash, randomUUID } from 'node:crypto';
import type { CallScope } from '../../http/call.ts';
import { sleep } from '../../http/sleep.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { GatewayError } from '../../shared/gateway-error.ts';
import { ConflictError } from '../errors.ts';
import { explainOutcome, type WriteOutcome } from '../write-outcome.ts';
import type { Collection } from './collection.ts';
import type { CollectionsApi } from './collections-api.ts';
import type { CreateKey, IdempotencyStore, KnownCreate, SettledCreate } from './idempotency-store.ts';

const POLL_MS = 50;
// A create ends with its deadline, but a busy process may be late to tell.
const GRACE_MS = 5_000;

/** Creates a collection at most once for a key, over all gateways that share the store. */
export class IdempotentCreate {
  readonly #api: CollectionsApi;
  readonly #store: IdempotencyStore;

  constructor(api: CollectionsApi, store: IdempotencyStore) {
    this.#api = api;
    this.#store = store;
  }

  /**
   * @param owner keys of one are unknown to the others
   * @param key from the client; with it, the same create gives its first outcome again
   * @throws ConflictError when the key stands for another name
   * @throws GatewayError with `OVERLOADED` when the key can't be claimed, so that nothing was sent
   */
  async run(owner: string, key: string, name: string, scope: CallScope): Promise<Collection> {
    const createKey = { owner: digest(owner), key: digest(key) };
    const fingerprint = digest(name);
    const known = await this.#claim(createKey, fingerprint, scope);
    return known === null ? this.#create(createKey, fingerprint, name, scope) : replay(known, name);
  }

  // Waits while another request with the key is under way.
  async #claim(createKey: CreateKey, fingerprint: string, scope: CallScope): Promise<SettledCreate | null> {
    for (;;) {
      const known = await this.#tryClaim(createKey, fingerprint, scope);
      if (known === null) return null;
      if (known.fingerprint !== fingerprint) {
        throw new ConflictError(
          'This idempotencyKey was used for another name: use a new key for a new collection.',
        );
      }
      if (known.state !== 'pending') return known;
      const isInTime = scope.deadline.remainingMs > POLL_MS && (await sleep(POLL_MS, scope.signal));
      if (!isInTime)
        throw overloaded('Another request with this idempotencyKey is still under way. Try again.');
    }
  }

  async #tryClaim(
    createKey: CreateKey,
    fingerprint: string,
    { deadline }: CallScope,
  ): Promise<KnownCreate | null> {
    try {
      return await this.#store.claim(createKey, {
        state: 'pending',
        fingerprint,
        startedAt: new Date().toISOString(),
        claimId: randomUUID(),
        leaseMs: Math.ceil(deadline.remainingMs) + GRACE_MS,
      });
    } catch (cause) {
      const message =
        'The idempotencyKey cannot be checked now, so this request has created nothing. Try again with the same key.';
      throw overloaded(message, cause);
    }
  }

  async #create(
    createKey: CreateKey,
    fingerprint: string,
    name: string,
    scope: CallScope,
  ): Promise<Collection> {
    const outcome = await this.#api.create(name, scope);
    await this.#remember(createKey, fingerprint, outcome);
    if (outcome.kind === 'applied') return outcome.value;
    throw explainOutcome(outcome, null);
  }

  // What can't be remembered stays pending, and is answered as unknown: never created twice.
  async #remember(
    createKey: CreateKey,
    fingerprint: string,
    outcome: WriteOutcome<Collection>,
  ): Promise<void> {
    try {
      if (outcome.kind === 'not-applied') await this.#store.release(createKey);
      else await this.#store.settle(createKey, toRecord(fingerprint, outcome));
    } catch {
      // The caller is told the true outcome all the same.
    }
  }
}

function toRecord(
  fingerprint: string,
  outcome: Exclude<WriteOutcome<Collection>, { kind: 'not-applied' }>,
): SettledCreate {
  return outcome.kind === 'applied'
    ? { state: 'applied', fingerprint, collection: outcome.value }
    : { state: 'unknown', fingerprint, startedAt: outcome.write.startedAt.toISOString() };
}

/** Tells the first outcome again. @param name the same as then */
function replay(record: SettledCreate, name: string): Collection {
  switch (record.state) {
    case 'applied':
      return record.collection;
    case 'unknown': {
      const startedAt = new Date(record.startedAt);
      const write = { endpoint: 'collections.create', collectionId: null, name, startedAt };
      const message =
        'Whether this key created its collection cannot be known. Look for it before you use a new key.';
      throw new GatewayError('WRITE_OUTCOME_UNKNOWN', message, { retryable: false, write });
    }
    default:
      return assertNever(record);
  }
}

function overloaded(message: string, cause?: unknown): GatewayError {
  return new GatewayError('OVERLOADED', message, { retryable: true }, { cause });
}

function digest(text: string): string {
  return hash('sha256', text, 'base64url');
}
