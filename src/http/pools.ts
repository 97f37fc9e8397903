import { buildConnector, Client } from 'undici';
import type { Call } from './call.ts';
import { Connections } from './connections.ts';
import { skippingInterim } from './skip-interim.ts';

/** Where the sockets lead. */
export interface PoolOptions {
  readonly baseUrl: URL;
  readonly timeoutMs: number;
}

/** The connections to the upstream, by what may go over them. */
export interface Pools {
  for(call: Call): Connections;
  close(): Promise<void>;
}

const IDLE_MS = 4_000;
// Far shorter than any server keeps an idle socket open; long enough for a socket to go from one call to the next under
// load. A call that cannot be repeated must not meet a socket that the server is just closing.
const FRESH_IDLE_MS = 10;

/** Opens no socket before the first call. Calls that cannot be repeated have connections of their own. */
export function createPools({ baseUrl, timeoutMs }: PoolOptions): Pools {
  // One for all, as it keeps the TLS sessions.
  const connect = skippingInterim(buildConnector({ allowH2: false, timeout: timeoutMs }));
  const openFor = (keepAliveMs: number) => () =>
    new Client(baseUrl.origin, { ...SETTINGS, connect, ...keepAlive(keepAliveMs) });
  const shared = new Connections(openFor(IDLE_MS), { maxIdleMs: IDLE_MS, order: 'latest-first' });
  const fresh = new Connections(openFor(FRESH_IDLE_MS), { maxIdleMs: FRESH_IDLE_MS, order: 'in-turn' });
  return {
    for: ({ repeatable }) => (repeatable ? shared : fresh),
    close: async () => {
      await Promise.all([shared.close(), fresh.close()]);
    },
  };
}

// The exchange keeps its own, exact time.
const SETTINGS = { allowH2: false, headersTimeout: 0, bodyTimeout: 0 } as const;

function keepAlive(timeoutMs: number) {
  return { keepAliveTimeout: timeoutMs, keepAliveMaxTimeout: timeoutMs };
}
