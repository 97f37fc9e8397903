import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { becomesReady, freePort, startBundle } from '../contestants.ts';
import { openHeapProbe } from './heap-probe.ts';
import type { Caller } from './load.ts';

/** What a gateway holds at one time. */
export interface Sample {
  /** Of the heap, with the garbage gone. */
  readonly liveMb: number;
  readonly rssMb: number;
  /** Open file descriptors, as the kernel lists them and as the gateway's own metric counts them. */
  readonly descriptors: number;
  readonly countedDescriptors: number;
  /** Operations under way. */
  readonly inFlight: number;
}

/** The bundle as production runs it, and what it takes to look into it. */
export interface SoakedGateway {
  readonly name: string;
  readonly origin: string;
  sample(): Promise<Sample>;
  /** @throws when it does not end well */
  stop(): Promise<void>;
}

const BYTES_PER_MB = 1_048_576;
// So that the greediest of the callers runs into it towards the end of each minute.
const RATE_LIMIT_PER_MINUTE = 3_000;

/** Who calls: one takes half of the load. */
export const CALLERS: readonly Caller[] = [
  { key: 'greedy', share: 0.5 },
  { key: 'second', share: 0.25 },
  { key: 'third', share: 0.25 },
];

/** Starts a gateway with metrics, limits, callers with keys and a log at `info`. */
export async function startSoakedGateway(
  name: string,
  upstreamUrl: string,
  cacheTtlMs: number,
): Promise<SoakedGateway> {
  const [port, adminPort, inspectorPort] = [await freePort(), await freePort(), await freePort()];
  const running = startBundle({
    NODE_ENV: 'production',
    NODE_OPTIONS: `--inspect=127.0.0.1:${inspectorPort} --inspect-publish-uid=http`,
    HOST: '127.0.0.1',
    PORT: String(port),
    ADMIN_PORT: String(adminPort),
    SCENARIO_BASE_URL: upstreamUrl,
    SCENARIO_SDK_API_KEY: 'key',
    SCENARIO_SDK_API_SECRET: 'secret',
    AUTH_MODE: 'api-key',
    AUTH_API_KEYS: callerKeys(),
    RATE_LIMIT_PER_MINUTE: String(RATE_LIMIT_PER_MINUTE),
    CACHE_TTL_MS: String(cacheTtlMs),
  });
  const origin = `http://127.0.0.1:${port}`;
  await becomesReady(running, origin);
  const probe = await openHeapProbe(inspectorPort);
  return {
    name,
    origin,
    sample: async () => {
      const live = await probe.liveBytes();
      const metrics = await fetch(`http://127.0.0.1:${adminPort}/metrics`).then((answer) => answer.text());
      return {
        liveMb: live / BYTES_PER_MB,
        rssMb: metric(metrics, 'process_resident_memory_bytes') / BYTES_PER_MB,
        descriptors: readdirSync(`/proc/${running.pid}/fd`).length,
        countedDescriptors: metric(metrics, 'process_open_fds'),
        inFlight: metric(metrics, 'gateway_operations_in_flight'),
      };
    },
    stop: async () => {
      probe.close();
      await running.stop();
      if (running.child.exitCode !== 0) throw new Error(`the gateway ${name} did not end well`);
    },
  };
}

function metric(text: string, name: string): number {
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`the gateway has no metric ${name}`);
  return Number(value);
}

function callerKeys(): string {
  const scopes = ['collections:read', 'collections:write'];
  return JSON.stringify(CALLERS.map(({ key }) => ({ name: key, sha256: digestOf(key), scopes })));
}

function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
