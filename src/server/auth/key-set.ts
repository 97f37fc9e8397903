import {
  type CryptoKey,
  createRemoteJWKSet,
  customFetch,
  errors,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
  type RemoteJWKSet,
} from 'jose';
import type { Logger } from '../../shared/logger.ts';
import { fetchBounded } from './fetch-bounded.ts';

const FETCH_TIMEOUT_MS = 2_000;
const MAX_AGE_MS = 600_000;
// So much older may keys get while the key server can't be reached.
const MAX_STALENESS_MS = 3_600_000;
const UNKNOWN_KEY_COOLDOWN_MS = 30_000;
const FAILURE_PAUSE_MS = 3_000;
// A failure that is not older tells that waiting for another attempt is likely to be in vain.
const FAILURE_MEMORY_MS = 60_000;

/** No keys are known that could tell whether a token is good. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
  readonly retryAfterMs = FAILURE_PAUSE_MS;
}

/**
 * The public keys of the tokens' issuer, kept for 10 minutes and, while they can't be fetched again, for an hour
 * more. However many requests need them, there is one fetch at a time and none within 3 s of one that failed; keys
 * that are not in the set cause none within 30 s of one that succeeded.
 */
export class KeySet {
  readonly #remote: RemoteJWKSet;
  readonly #logger: Logger;
  #fetchedAt = -Infinity;
  #failedAt = -Infinity;
  #isMissed = false;

  constructor(url: URL, logger: Logger) {
    this.#logger = logger;
    this.#remote = createRemoteJWKSet(url, {
      timeoutDuration: FETCH_TIMEOUT_MS,
      // When to fetch is decided here: jose knows neither a pause after a failure nor stale keys.
      cooldownDuration: Infinity,
      cacheMaxAge: Infinity,
      [customFetch]: fetchBounded,
    });
  }

  /**
   * Finds the key for a token's header.
   * @throws KeysUnavailable; an error of jose when the set has no such key, or several
   */
  async find(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    await this.#freshen();
    try {
      return await this.#remote(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || this.#age() < UNKNOWN_KEY_COOLDOWN_MS) throw error;
    }
    await this.#refresh();
    // Keys that should have been fetched again long ago can't tell that there is no newer one.
    if (this.#age() > MAX_AGE_MS) throw new KeysUnavailable();
    return this.#remote(header, token);
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

  /** Fetches the keys, together with whoever else is about to, unless that failed a moment ago. Never rejects. */
  async #refresh(): Promise<void> {
    if (performance.now() - this.#failedAt < FAILURE_PAUSE_MS) return;
    try {
      await this.#remote.reload();
      this.#fetchedAt = performance.now();
      this.#failedAt = -Infinity;
      if (this.#isMissed) this.#logger.info({}, 'the keys for tokens could be fetched again');
      this.#isMissed = false;
    } catch (err) {
      this.#failedAt = performance.now();
      // Young keys do as well as new ones, and an outage is told once.
      if (this.#isMissed || this.#age() <= MAX_AGE_MS) return;
      this.#isMissed = true;
      this.#logger.warn(
        { err },
        'the keys for tokens can not be fetched: old ones are used for an hour at most',
      );
    }
  }
}
