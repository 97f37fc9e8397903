import {
  type CryptoKey,
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type JSONWebKeySet,
  type JWSHeaderParameters,
  type RemoteJWKSet,
} from 'jose';
import type { Logger } from '../../shared/logger.ts';
import { createBoundedFetch } from './bounded-fetch.ts';

const FETCH_TIMEOUT_MS = 2_000;
const MAX_AGE_MS = 600_000;
// So much older may keys get while the key server can't be reached.
const MAX_STALENESS_MS = 3_600_000;
const UNKNOWN_KEY_COOLDOWN_MS = 30_000;
const FAILURE_PAUSE_MS = 3_000;
// A failure that is not older tells that waiting for another attempt is likely to be in vain.
const FAILURE_MEMORY_MS = 60_000;
// Each costs a signature check for whatever token anybody sends.
const MAX_CANDIDATES = 16;

type FindKey = (header: JWSHeaderParameters) => Promise<CryptoKey>;

/** No keys are known that could tell whether a token is good. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
  readonly retryAfterMs = FAILURE_PAUSE_MS;
}

/**
 * The public keys of the tokens' issuer, kept for 10 minutes and, while they can't be fetched again, for an hour
 * more. However many requests need them, there is one fetch at a time and none within 3 s of one that failed; tokens
 * that no key verifies cause at most one in 30 s.
 */
export class KeySet {
  readonly #remote: RemoteJWKSet;
  readonly #logger: Logger;
  #findUnnamed: FindKey = createLocalJWKSet({ keys: [] });
  #fetchedAt = -Infinity;
  #failedAt = -Infinity;
  #soughtAt = -Infinity;
  #fetching: Promise<void> | null = null;
  #isMissed = false;

  /** @param proxy through which they are fetched, if through one */
  constructor(url: URL, proxy: URL | null, logger: Logger) {
    this.#logger = logger;
    this.#remote = createRemoteJWKSet(url, {
      timeoutDuration: FETCH_TIMEOUT_MS,
      // When to fetch is decided here: jose knows neither a pause after a failure nor stale keys.
      cooldownDuration: Infinity,
      cacheMaxAge: Infinity,
      [customFetch]: createBoundedFetch(proxy),
    });
  }

  /**
   * The keys that may have signed a token with this header, to be tried in turn. Whoever asks for more after the last
   * has a token that no known key verifies: the keys are fetched again then, in case the issuer has replaced one.
   * @throws KeysUnavailable
   */
  async *candidates(header: JWSHeaderParameters): AsyncGenerator<CryptoKey> {
    await this.#freshen();
    const triedAt = this.#fetchedAt;
    yield* await this.#select(header);
    if (this.#fetchedAt === triedAt) await this.#seek();
    // Keys that should have been fetched again long ago can't tell that there is no newer one.
    if (this.#age() > MAX_AGE_MS) throw new KeysUnavailable();
    if (this.#fetchedAt !== triedAt) yield* await this.#select(header);
  }

  /** A key without a `kid` fits every token, after those that have the token's own. */
  async #select(header: JWSHeaderParameters): Promise<readonly CryptoKey[]> {
    const { kid, ...withoutKid } = header;
    const named = await fittingKeys(this.#remote, header);
    const unnamed = typeof kid === 'string' ? await fittingKeys(this.#findUnnamed, withoutKid) : [];
    return [...named, ...unnamed].slice(0, MAX_CANDIDATES);
  }

  #age(): number {
    return performance.now() - this.#fetchedAt;
  }

  async #freshen(): Promise<void> {
    if (this.#age() <= MAX_AGE_MS) return;
    const refreshed = this.#refresh();
    const isDown = performance.now() - this.#failedAt < FAILURE_MEMORY_MS;
    if (!isDown || this.#isTooOld()) await refreshed;
    if (this.#isTooOld()) throw new KeysUnavailable();
  }

  #isTooOld(): boolean {
    return this.#age() > MAX_AGE_MS + MAX_STALENESS_MS;
  }

  /** Looks for keys that are not known yet, unless that was done a moment ago. */
  async #seek(): Promise<void> {
    const now = performance.now();
    const lookedAt = Math.max(this.#fetchedAt, this.#soughtAt);
    if (this.#fetching === null && now - lookedAt < UNKNOWN_KEY_COOLDOWN_MS) return;
    this.#soughtAt = now;
    await this.#refresh();
  }

  /** Fetches the keys, together with whoever else is about to, unless that failed a moment ago. Never rejects. */
  #refresh(): Promise<void> {
    if (performance.now() - this.#failedAt < FAILURE_PAUSE_MS) return Promise.resolve();
    this.#fetching ??= this.#fetch().finally(() => (this.#fetching = null));
    return this.#fetching;
  }

  async #fetch(): Promise<void> {
    try {
      await this.#remote.reload();
      this.#findUnnamed = createLocalJWKSet(unnamedKeys(this.#remote.jwks()));
      this.#fetchedAt = performance.now();
      if (this.#isMissed) this.#logger.info({}, 'the keys for tokens could be fetched again');
      this.#isMissed = false;
    } catch (err) {
      this.#failedAt = performance.now();
      // Young keys do as well as new ones, and an outage is told once.
      if (this.#isMissed || this.#age() <= MAX_AGE_MS) return;
      this.#isMissed = true;
      this.#logger.warn(
        { err },
        'the keys for tokens cannot be fetched: old ones are used for an hour at most',
      );
    }
  }
}

function unnamedKeys({ keys }: JSONWebKeySet = { keys: [] }): JSONWebKeySet {
  return { keys: keys.filter(({ kid }) => kid === undefined) };
}

/** The keys of a set that fit a header; those that cannot be used are left out. */
async function fittingKeys(find: FindKey, header: JWSHeaderParameters): Promise<readonly CryptoKey[]> {
  try {
    return [await find(header)];
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) return [];
    const keys: CryptoKey[] = [];
    for await (const key of error) keys.push(key);
    return keys;
  }
}
