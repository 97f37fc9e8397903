import { Client, type Dispatcher, Pool } from 'undici';
import type { Call } from './call.ts';
import { FreshClients } from './fresh-clients.ts';

/** Where the sockets lead, and how many there may be. */
export interface PoolOptions {
  readonly baseUrl: URL;
  readonly connections: number;
  readonly timeoutMs: number;
}

/** What one call goes over. */
export interface Lease {
  readonly dispatcher: Dispatcher;
  /** Tells that the exchange has ended. @param isSound whether it was answered */
  release(isSound: boolean): void;
}

/** The sockets to the upstream, by what may go over them. */
export interface Pools {
  lease(call: Call): Lease;
  close(): Promise<void>;
}

const IDLE_MS = 4_000;
// Far shorter than any server keeps an idle socket open; long enough for a socket to go from one such call to the
// next under load.
const FRESH_IDLE_MS = 10;

/** Opens the pools; no socket before the first call. Calls that cannot be repeated have sockets of their own. */
export function createPools(options: PoolOptions): Pools {
  const { baseUrl, connections } = options;
  const pool = new Pool(baseUrl.origin, { ...settings(options, IDLE_MS), connections });
  const clients = new FreshClients(
    () => new Client(baseUrl.origin, settings(options, FRESH_IDLE_MS)),
    FRESH_IDLE_MS,
  );
  const shared: Lease = { dispatcher: pool, release: () => {} };
  return {
    lease: ({ repeatable }) => {
      if (repeatable) return shared;
      const client = clients.take();
      return { dispatcher: client, release: (isSound) => clients.giveBack(client, isSound) };
    },
    close: async () => {
      await Promise.all([pool.destroy(), clients.close()]);
    },
  };
}

function settings({ timeoutMs }: PoolOptions, keepAliveMs: number): Client.Options {
  return {
    allowH2: false,
    connectTimeout: timeoutMs,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    // The exchange keeps its own, exact time.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
}
