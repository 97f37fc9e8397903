import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { Ledger } from '../support/ledger.ts';
import { startRedis } from '../support/redis-server.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { type Answer, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { Balancer } from './balancer.ts';
import { Creator } from './creator.ts';
import { Fleet } from './fleet.ts';
import { Renamer } from './renamer.ts';

const REPLICAS = 3;
const ROUNDS = 20;
const DEADLINE_MS = 3_000;
// What lies between two steps of a client.
const PAUSE_MS = 3;
// Between two rounds all replicas are there.
const REST_MS = 150;
const MAX_OVERLOADED_SHARE = 0.02;
const PROBE_EVERY_MS = 50;
// Many probes see that a replica is about to stop.
const DRAIN_DELAY_MS = 700;

/** Applies at once and answers after a moment, in which a replica may be killed. */
function slowly(ledger: Ledger): Answer {
  return async (request) => {
    const reply = ledger.apply(request);
    await delay(request.method === 'GET' ? 2 : 15);
    return reply;
  };
}

async function openScene() {
  const ledger = new Ledger('col_a', 'col_b');
  const upstream = await startScriptedUpstream(slowly(ledger));
  onTestFinished(upstream.close);
  const redis = await startRedis();
  onTestFinished(redis.kill);
  const fleet = await Fleet.start(REPLICAS, {
    SCENARIO_BASE_URL: upstream.url,
    SCENARIO_SDK_API_KEY: 'key',
    SCENARIO_SDK_API_SECRET: 'secret',
    REDIS_URL: redis.url,
    CACHE_TTL_MS: '60000',
    DEADLINE_MS: String(DEADLINE_MS),
    DRAIN_DELAY_MS: String(DRAIN_DELAY_MS),
  });
  const balancer = new Balancer(fleet);
  return {
    ledger,
    upstream,
    fleet,
    balancer,
    renamers: ['col_a', 'col_b'].map((id) => new Renamer(fleet, balancer, id)),
    creators: ['Left', 'Right'].map((label) => new Creator(balancer, label)),
  };
}

type Scene = Awaited<ReturnType<typeof openScene>>;

/** Clients that write and read until `stop`, which resolves when each has finished. */
function startClients({ fleet, renamers, creators }: Scene): { stop(): Promise<void> } {
  const over = new AbortController();
  const loop = async (step: () => Promise<void>, pauseMs = PAUSE_MS): Promise<void> => {
    while (!over.signal.aborted) {
      await step();
      await delay(pauseMs);
    }
  };
  const clients = Promise.all([
    loop(() => fleet.probe(), PROBE_EVERY_MS),
    ...renamers.map((renamer) => loop(() => renamer.rename())),
    ...renamers.map((renamer) => loop(() => renamer.read())),
    ...renamers.map((renamer, row) => loop(() => renamer.readInList(row))),
    ...creators.map((creator) => loop(() => creator.create())),
  ]);
  // A client that fails ends the test when it is stopped.
  clients.catch(() => {});
  return {
    stop: async () => {
      over.abort();
      await clients;
      await Promise.all(creators.map((creator) => creator.finish()));
    },
  };
}

async function rollAndKill(fleet: Fleet): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    await delay(REST_MS);
    const place = round % REPLICAS;
    if (round % 2 === 0) await fleet.roll(place);
    else await fleet.kill(place);
  }
}

test('while replicas are rolled and killed, every request is answered that nobody killed, no write is lost or made twice, and no read is stale', {
  timeout: 120_000,
}, async ({ annotate }) => {
  const scene = await openScene();
  const { ledger, upstream, fleet, balancer, renamers, creators } = scene;
  const clients = startClients(scene);
  await rollAndKill(fleet);
  await clients.stop();

  const creates = creators.flatMap((creator) => creator.creates).length;
  const reads = sum(renamers.map((renamer) => renamer.reads));
  const overloaded = sum(creators.map((creator) => creator.overloaded));
  const upstreamReads = upstream.requests.filter(({ method }) => method === 'GET').length;
  const { sent, refused, killed } = balancer;
  const figures = { sent, refused, killed, creates, overloaded, reads, upstreamReads };
  await annotate(JSON.stringify(figures));

  expect(balancer.failures).toEqual([]);
  expect([...renamers, ...creators].flatMap(({ wrongs }) => wrongs)).toEqual([]);
  expect([...renamers, ...creators].flatMap((client) => client.refutations(ledger))).toEqual([]);
  // What makes the above mean something: kills hit requests, and reads were answered from memory.
  expect(killed).toBeGreaterThan(0);
  expect(upstreamReads).toBeLessThan(reads);
  // A machine with too much to do may keep Redis from answering in time, but not often.
  expect(overloaded).toBeLessThanOrEqual(creates * MAX_OVERLOADED_SHARE);
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
