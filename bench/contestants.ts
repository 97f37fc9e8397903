import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ready, type Shot, SMALL_PROJECT } from './load-job.ts';
import { messageOf, type Running, startNode } from './processes.ts';
import { type GatewayKind, TURNS, type Workload } from './workloads.ts';

/** A server under measurement. */
export interface Contestant {
  readonly running: Running;
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The requests of a workload, in rotation. */
  readonly shots: (workload: Workload) => Promise<readonly Shot[]>;
}

/** How a gateway is set, beyond what it is set to in production. */
export interface GatewaySettings {
  readonly kind: GatewayKind;
  readonly hasMetrics: boolean;
  /** Further variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The bundle that production runs. */
export const BUNDLE = new URL('../dist/main.js', import.meta.url);

const packageJson = z
  .object({ scripts: z.object({ start: z.string() }) })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));
// What `npm start` gives Node before the file.
const NODE_FLAGS = packageJson.scripts.start.split(' ').filter((word) => word.startsWith('--'));

const ENV_OF_KIND: Readonly<Record<GatewayKind, Readonly<Record<string, string>>>> = {
  plain: {},
  cached: { CACHE_TTL_MS: '60000' },
  'small account': { SCENARIO_PROJECT_ID: SMALL_PROJECT },
};

const CALLER_KEY = 'bench-key';
const CURSORS = 'query C($n:Int!,$t:String){collections(first:$n,after:$t){pageInfo{endCursor}}}';
const START_TRIES = 150;
const TRY_MS = 100;

/** Starts the upstream; resolves with it and its base URL. */
export async function startUpstream(): Promise<{ running: Running; url: string }> {
  const running = startNode(new URL('./upstream.ts', import.meta.url), 'surroundings', {});
  const { port } = ready.parse(await messageOf(running));
  return { running, url: `http://127.0.0.1:${port}` };
}

/** Starts the load generator. */
export function startLoad(): Running {
  return startNode(new URL('./load.ts', import.meta.url), 'surroundings', {});
}

/** Starts the bare proxy before this upstream. */
export async function startProxy(upstreamUrl: string): Promise<Contestant> {
  const file = new URL('./bare-proxy.ts', import.meta.url);
  const running = startNode(file, 'gateway', { NODE_ENV: 'production', UPSTREAM_URL: upstreamUrl });
  const { port } = ready.parse(await messageOf(running));
  return {
    running,
    origin: `http://127.0.0.1:${port}`,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    shots: (workload) => Promise.resolve(turns((turn) => workload.proxied(turn))),
  };
}

/** Starts Node on the bundle as `npm start` does, with this environment. */
export function startBundle(env: Readonly<Record<string, string>>): Running {
  return startNode(BUNDLE, 'gateway', env, NODE_FLAGS);
}

/** Starts the gateway as production runs it: callers with keys, limits, log and metrics on. */
export async function startGateway(upstreamUrl: string, settings: GatewaySettings): Promise<Contestant> {
  const port = await freePort();
  const running = startBundle({
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    ADMIN_PORT: settings.hasMetrics ? String(await freePort()) : '0',
    SCENARIO_BASE_URL: upstreamUrl,
    SCENARIO_SDK_API_KEY: 'key',
    SCENARIO_SDK_API_SECRET: 'secret',
    AUTH_MODE: 'api-key',
    AUTH_API_KEYS: callerKeys(),
    LOG_LEVEL: 'info',
    ...ENV_OF_KIND[settings.kind],
    ...settings.env,
  });
  const origin = `http://127.0.0.1:${port}`;
  await becomesReady(running, origin);
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    authorization: `Bearer ${CALLER_KEY}`,
  };
  return { running, origin, headers, shots: (workload) => shotsOf(workload, origin, headers) };
}

async function shotsOf(
  workload: Workload,
  origin: string,
  headers: Readonly<Record<string, string>>,
): Promise<readonly Shot[]> {
  const { cursorsOf } = workload;
  const cursors = cursorsOf === null ? [] : await walk(origin, headers, cursorsOf);
  return turns((turn) => ({
    method: 'POST',
    path: '/graphql',
    body: JSON.stringify(workload.operation(turn, cursors[turn] ?? '')),
  }));
}

const walked = z.object({
  data: z.object({ collections: z.object({ pageInfo: z.object({ endCursor: z.string() }) }) }),
});

// Cursors are the gateway's own: only a walk gives them.
async function walk(
  origin: string,
  headers: Readonly<Record<string, string>>,
  pageSize: number,
): Promise<readonly string[]> {
  const cursors: string[] = [];
  let cursor: string | null = null;
  while (cursors.length < TURNS) {
    const body = JSON.stringify({ query: CURSORS, variables: { n: pageSize, t: cursor } });
    const response: Response = await fetch(`${origin}/graphql`, { method: 'POST', headers, body });
    cursor = walked.parse(await response.json()).data.collections.pageInfo.endCursor;
    cursors.push(cursor);
  }
  return cursors;
}

function turns(make: (turn: number) => Shot): readonly Shot[] {
  return Array.from({ length: TURNS }, (_, turn) => make(turn));
}

function callerKeys(): string {
  const sha256 = createHash('sha256').update(CALLER_KEY).digest('hex');
  return JSON.stringify([{ name: 'bench', sha256, scopes: ['collections:read', 'collections:write'] }]);
}

/** Resolves once a gateway says that it is ready. @throws when it ends or takes too long */
export async function becomesReady({ child }: Running, origin: string): Promise<void> {
  for (let tries = 0; tries < START_TRIES && child.exitCode === null; tries += 1) {
    const isReady = await fetch(`${origin}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await sleep(TRY_MS);
  }
  throw new Error('the gateway did not become ready');
}

/** A port that nobody listens to. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  return address.port;
}
