import { type Generation, LocalGeneration } from './scenario/generation.ts';
import { type IdempotencyStore, MemoryIdempotencyStore } from './scenario/idempotency-store.ts';
import { type OpenLimiter, openMemoryLimiter } from './server/limiter.ts';

/** What a gateway remembers without Redis: in its one process, or in one place for all of its workers. */
export interface LocalState {
  readonly idempotency: IdempotencyStore;
  readonly generation: Generation;
  readonly openLimiter: OpenLimiter;
  /** Whether other processes write as well, so that a read here may be older than an answered write. */
  readonly hasSiblings: boolean;
}

/** Remembers in this process. */
export function createLocalState(): LocalState {
  return {
    idempotency: new MemoryIdempotencyStore(),
    generation: new LocalGeneration(),
    openLimiter: openMemoryLimiter,
    hasSiblings: false,
  };
}
