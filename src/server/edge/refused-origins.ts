import type { Logger } from '../../shared/logger.ts';
import { isOrigin, showOrigin } from './origin.ts';

const HOUR_MS = 3_600_000;
const MAX_ORIGINS = 100;

/** Tells the operator which origins were refused: each once an hour, and no more than 100 of them, whoever sends what. */
export class RefusedOrigins {
  readonly #logger: Logger;
  readonly #told = new Set<string>();
  #since = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add(origin: string): void {
    const now = performance.now();
    if (now - this.#since > HOUR_MS) {
      this.#told.clear();
      this.#since = now;
    }
    const shown = showOrigin(origin);
    if (this.#told.has(shown) || this.#told.size >= MAX_ORIGINS) return;
    this.#told.add(shown);
    const advice = isOrigin(origin)
      ? 'to allow it, add it to CORS_ORIGINS'
      : 'it is no origin that CORS_ORIGINS could allow';
    this.#logger.warn({ origin: shown }, `a page of this origin asked to call and was refused: ${advice}`);
  }
}
