import { setTimeout as delay } from 'node:timers/promises';
import { type QueryInit, startGateway, type TestGateway } from '../support/gateway.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { type Answer, type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';

export const CREATE = `mutation ($name: String!, $key: String) {
  createCollection(input: { name: $name, idempotencyKey: $key }) {
    __typename
    ... on CreateCollectionPayload { collection { scenarioId name } }
    ... on Error { code }
  }
}`;

/** One gateway, or several replicas over a Redis, before a scripted upstream. */
export interface Bench extends AsyncDisposable {
  readonly upstream: ScriptedUpstream;
  readonly redis: RedisServer | null;
  readonly gateways: readonly TestGateway[];
  /** Creates through one of the gateways. @returns the body of the answer */
  create(name: string, key: string | null, gateway?: number, init?: QueryInit): Promise<string>;
}

/** @param replicas more than one share a Redis */
export async function openBench(
  answer: Answer,
  replicas: number,
  env: Record<string, string> = {},
): Promise<Bench> {
  const upstream = await startScriptedUpstream(answer);
  const redis = replicas > 1 ? await startRedis() : null;
  const shared = redis ? { REDIS_URL: redis.url } : {};
  const gateways = await Promise.all(
    Array.from({ length: replicas }, () => startGateway(upstream.url, { ...shared, ...env })),
  );
  if (redis) await delay(300);
  return {
    upstream,
    redis,
    gateways,
    create: async (name, key, gateway = 0, init = {}) =>
      (await gateways[gateway]?.query(CREATE, { name, key }, init))?.text ?? '',
    [Symbol.asyncDispose]: async () => {
      for (const gateway of gateways) await gateway.end();
      await upstream.close();
      await redis?.kill();
    },
  };
}
