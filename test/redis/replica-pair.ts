import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { dig } from '../support/dig.ts';
import { eventually } from '../support/eventually.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import {
  type Answer,
  json,
  type ScriptedUpstream,
  startScriptedUpstream,
} from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

export const READ = '{ collection(id: "col_1") { name } }';
export const LIST = '{ collections(first: 5) { nodes { name } } }';
export const RENAME = `mutation ($name: String!) {
  updateCollection(input: { id: "col_1", name: $name }) { __typename }
}`;

const PATIENCE_MS = 8_000;

/** Two replicas of a gateway over one Redis and one upstream, for as long as the test runs. */
export interface ReplicaPair {
  readonly upstream: ScriptedUpstream;
  readonly redis: RedisServer;
  readonly first: TestGateway;
  readonly second: TestGateway;
  /** Reads that the upstream got. */
  reads(): number;
}

/** Answers as the API would, with the name that was given last. */
export function nameKeeper(): Answer {
  let name = 'old';
  return ({ method, path, body }) => {
    if (method === 'PUT') name = JSON.parse(body).name;
    const collection = wireCollection({ name });
    return json(path === '/v1/collections' ? { collections: [collection] } : { collection });
  };
}

/**
 * Opens them; what is read is kept for a minute unless `env` says otherwise.
 * @param urls where each replica finds Redis, from where Redis is
 */
export async function openPair(
  answer: Answer,
  env: Record<string, string> = {},
  urls: (url: string) => Promise<readonly [string, string]> = async (url) => [url, url],
): Promise<ReplicaPair> {
  const upstream = await startScriptedUpstream(answer);
  const redis = await startRedis();
  onTestFinished(redis.kill);
  const [one, other] = await urls(redis.url);
  const shared = { CACHE_TTL_MS: '60000', ...env };
  const first = await startGateway(upstream.url, { REDIS_URL: one, ...shared });
  onTestFinished(first.end);
  const second = await startGateway(upstream.url, { REDIS_URL: other, ...shared });
  onTestFinished(second.end);
  // What is opened last ends first: no call that hangs is waited for.
  onTestFinished(upstream.close);
  const reads = () => upstream.requests.filter(({ method }) => method === 'GET').length;
  return { upstream, redis, first, second, reads };
}

/** A client of this Redis, for as long as the test runs. */
export function openClient({ url }: RedisServer): Redis {
  const client = new Redis(url);
  client.on('error', () => {});
  onTestFinished(() => client.disconnect());
  return client;
}

/** Waits until so many reads are stored, and gives their keys. */
export async function storedKeys(client: Redis, count: number): Promise<string[]> {
  let keys: string[] = [];
  for (let turn = 0; turn < 200; turn += 1) {
    keys = await client.keys('scg:read:*');
    if (keys.length >= count) return keys;
    await delay(10);
  }
  throw new Error(`only ${keys.length} reads were stored`);
}

/** Lines of the log that tell of Redis. */
export function linesOnRedis({ logLines }: TestGateway): unknown[] {
  return logLines
    .map((line): unknown => dig(JSON.parse(line), 'msg'))
    .filter((text) => /Redis/.test(String(text)));
}

/** Waits until each gateway has told that Redis is gone. */
export async function untilLost(...gateways: readonly TestGateway[]): Promise<void> {
  await eventually(
    'the loss is told',
    () => gateways.every((gateway) => linesOnRedis(gateway).length > 0),
    PATIENCE_MS,
  );
}

/** Waits until each gateway has told that Redis is there again. */
export async function untilBack(...gateways: readonly TestGateway[]): Promise<void> {
  const areBack = () => gateways.every((gateway) => linesOnRedis(gateway).includes('Redis is back'));
  await eventually('the return of Redis is told', areBack, PATIENCE_MS);
}

/** Asks, and tells how long it took as well. */
export async function timed(gateway: TestGateway, document: string, variables: object = {}) {
  const startedAt = performance.now();
  const { text } = await gateway.query(document, variables);
  return { text, ms: performance.now() - startedAt };
}
