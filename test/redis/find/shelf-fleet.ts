import { onTestFinished } from 'vitest';
import { type Found, findThrough, listsIn, type Wanted } from '../../scenario/find/front-door.ts';
import type { CollectionShelf } from '../../support/collection-shelf.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { type RedisServer, startRedis } from '../../support/redis-server.ts';
import {
  type Answer,
  type ScriptedUpstream,
  startScriptedUpstream,
} from '../../support/scripted-upstream.ts';

/** Replicas of a gateway over one Redis, before one shelf of collections, for as long as the test runs. */
export interface ShelfFleet {
  readonly upstream: ScriptedUpstream;
  readonly redis: RedisServer;
  readonly replicas: readonly TestGateway[];
  /** The same search through each replica. */
  findAll(wanted?: Wanted): Promise<Found[]>;
  /** Starts one more replica. */
  join(env?: Record<string, string>): Promise<TestGateway>;
  /** Calls of the upstream's list so far. */
  lists(): number;
}

/** @param answer what the upstream does, from what the shelf would */
export async function openFleet(
  shelf: CollectionShelf,
  size = 3,
  env: Record<string, string> = {},
  answer: (honest: Answer) => Answer = (honest) => honest,
): Promise<ShelfFleet> {
  const upstream = await startScriptedUpstream(answer(shelf.answer));
  onTestFinished(upstream.close);
  const redis = await startRedis();
  onTestFinished(redis.kill);
  const join = async (more: Record<string, string> = {}) => {
    const gateway = await startGateway(upstream.url, { REDIS_URL: redis.url, ...env, ...more });
    onTestFinished(gateway.end);
    return gateway;
  };
  const replicas: TestGateway[] = [];
  while (replicas.length < size) replicas.push(await join());
  return {
    upstream,
    redis,
    replicas,
    findAll: (wanted) => Promise.all(replicas.map((replica) => findThrough(replica, wanted))),
    join,
    lists: () => listsIn(upstream),
  };
}

/** Carries out a mutation through a replica. */
export const write = {
  create: (replica: TestGateway, name: string) =>
    replica.query('mutation ($name: String!) { createCollection(input: { name: $name }) { __typename } }', {
      name,
    }),
  rename: (replica: TestGateway, id: string, name: string) =>
    replica.query(
      'mutation ($id: ID!, $name: String!) { updateCollection(input: { id: $id, name: $name }) { __typename } }',
      { id, name },
    ),
  remove: (replica: TestGateway, id: string) =>
    replica.query('mutation ($id: ID!) { deleteCollection(input: { id: $id }) { __typename } }', { id }),
  add: (replica: TestGateway, id: string, assetIds: readonly string[]) =>
    replica.query(
      'mutation ($id: ID!, $assetIds: [ID!]!) { addAssetsToCollection(input: { id: $id, assetIds: $assetIds }) { __typename } }',
      { id, assetIds },
    ),
};
