import { Pool } from 'undici';
import type { Call } from './call.ts';

/** Where the sockets lead, and how many there may be. */
export interface PoolOptions {
  readonly baseUrl: URL;
  readonly connections: number;
  readonly timeoutMs: number;
}

/** The sockets to the upstream, by what may go over them. */
export interface Pools {
  /** `reset`: the socket is to be closed behind the call. */
  choose(call: Call): { readonly pool: Pool; readonly reset: boolean };
  /** Tells that an exchange has ended. */
  used(call: Call): void;
  close(): Promise<void>;
}

const IDLE_MS = 4_000;
// Far shorter than any server keeps an idle socket open, even when one of the two stalls; long enough for a socket
// to go from one create to the next under load.
const CREATE_IDLE_MS = 2;

/**
 * Opens the pools; no socket before the first call. A create is never repeated, so it must not meet a socket that
 * the server is just closing: it takes one that was used within the last moments, or a new one. The clock decides,
 * since the timer that closes idle sockets may be late when the process stalls.
 */
export function createPools(options: PoolOptions): Pools {
  const shared = createPool(options, IDLE_MS);
  const warm = createPool(options, CREATE_IDLE_MS);
  const fresh = createPool(options, CREATE_IDLE_MS);
  let lastCreateAt = Number.NEGATIVE_INFINITY;
  return {
    choose: ({ method }) => {
      if (method !== 'POST') return { pool: shared, reset: false };
      const isWarm = performance.now() - lastCreateAt < CREATE_IDLE_MS;
      return isWarm ? { pool: warm, reset: false } : { pool: fresh, reset: true };
    },
    used: ({ method }) => {
      if (method === 'POST') lastCreateAt = performance.now();
    },
    close: async () => {
      await Promise.all([shared, warm, fresh].map((pool) => pool.destroy()));
    },
  };
}

function createPool({ baseUrl, connections, timeoutMs }: PoolOptions, keepAliveMs: number): Pool {
  return new Pool(baseUrl.origin, {
    connections,
    allowH2: false,
    connectTimeout: timeoutMs,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    // The exchange keeps its own, exact time.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}
