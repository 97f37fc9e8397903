import { buildConnector, Client, type Dispatcher } from 'undici';
import type { Call } from './call.ts';
import { Connections } from './connections.ts';
import { createProxyAgent } from './proxy-agent.ts';
import { skippingInterim } from './skip-interim.ts';

/** Where the sockets lead. */
export interface PoolOptions {
  readonly baseUrl: URL;
  /** Through which they lead there, if through one. */
  readonly proxy: URL | null;
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
export function createPools(options: PoolOptions): Pools {
  const open = opener(options);
  const shared = new Connections(() => open(IDLE_MS), { maxIdleMs: IDLE_MS, order: 'latest-first' });
  const fresh = new Connections(() => open(FRESH_IDLE_MS), { maxIdleMs: FRESH_IDLE_MS, order: 'in-turn' });
  return {
    for: ({ repeatable }) => (repeatable ? shared : fresh),
    close: async () => {
      await Promise.all([shared.close(), fresh.close()]);
    },
  };
}

function opener({ baseUrl, proxy, timeoutMs }: PoolOptions): (keepAliveMs: number) => Dispatcher {
  if (proxy !== null)
    return (keepAliveMs) => createProxyAgent(proxy, { ...settings(keepAliveMs), connectTimeout: timeoutMs });
  // One for all, as it keeps the TLS sessions.
  const connect = skippingInterim(buildConnector({ allowH2: false, timeout: timeoutMs }));
  return (keepAliveMs) => new Client(baseUrl.origin, { ...settings(keepAliveMs), connect });
}

function settings(keepAliveMs: number): Client.Options {
  return {
    allowH2: false,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    // The exchange keeps its own, exact time.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
}
