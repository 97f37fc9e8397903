import { expect, onTestFinished } from 'vitest';
import { creates } from '../support/creates.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { nameKeeper, READ, RENAME } from './replica-pair.ts';

const CREATE = `mutation ($key: String!) {
  createCollection(input: { name: "Props", idempotencyKey: $key }) {
    ... on CreateCollectionPayload { collection { scenarioId } }
  }
}`;
const FIND = '{ collections(orderBy: { field: NAME, direction: ASC }) { nodes { name } } }';
// In which those who watch have noticed that a master is gone, and have made another.
export const FAILOVER_MS = 30_000;

/** Two replicas of the gateway over the Redis at this URL, each of whose calls can be counted. */
export async function openReplicas(url: string) {
  const [keeper, creator] = [nameKeeper(), creates()];
  const upstream = await startScriptedUpstream((request) =>
    request.method === 'POST' ? creator(request) : keeper(request),
  );
  onTestFinished(upstream.close);
  const limits = { RATE_LIMIT_PER_MINUTE: '10000', UPSTREAM_RATE_PER_MINUTE: '10000' };
  const env = { REDIS_URL: url, CACHE_TTL_MS: '60000', ...limits };
  const open = async (): Promise<TestGateway> => {
    const gateway = await startGateway(upstream.url, env);
    onTestFinished(gateway.end);
    return gateway;
  };
  const count = (method: string) => upstream.requests.filter((request) => request.method === method).length;
  return { first: await open(), second: await open(), count };
}

type Replicas = Awaited<ReturnType<typeof openReplicas>>;

/** Whether it says that Redis is not well. */
export async function isDegraded({ url }: TestGateway): Promise<boolean> {
  const response = await fetch(new URL('/readyz', url));
  return (await response.text()).includes('"redis"');
}

/** Waits until both reach Redis. */
export async function untilShared({ first, second }: Replicas): Promise<void> {
  const areWell = async () => !(await isDegraded(first)) && !(await isDegraded(second));
  await expect.poll(areWell, { timeout: FAILOVER_MS, interval: 100 }).toBe(true);
}

/** What is shared is shared: reads, writes, keys, the index of collections. @returns what was seen, which is always the same */
export async function share({ first, second, count }: Replicas, name: string) {
  for (const gateway of [first, second]) await gateway.query(FIND);
  const [posts, gets] = [count('POST'), count('GET')];
  await first.query(RENAME, { name });
  const seen: boolean[] = [];
  for (const query of [READ, FIND])
    for (const gateway of [second, first]) seen.push((await gateway.query(query)).text.includes(`"${name}"`));
  const reads = count('GET') - gets;
  const created = await Promise.all([first, second].map((gateway) => gateway.query(CREATE, { key: name })));
  const ids = new Set(created.map(({ text }) => /"scenarioId":"(\w+)"/.exec(text)?.[1]));
  return { seen, reads: reads <= 2, ids: ids.size, hasId: !ids.has(undefined), posts: count('POST') - posts };
}

/** What `share` gives where it is. */
export const SHARED = { seen: [true, true, true, true], reads: true, ids: 1, hasId: true, posts: 1 };
