import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { everyCollection } from '../support/front-door.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { type Answer, hang, json } from '../support/scripted-upstream.ts';
import { LIST, nameKeeper, openClient, openPair, READ, RENAME, type ReplicaPair } from './replica-pair.ts';

const LATENCY_MS = 300;
const PATIENCE_MS = 8_000;

/** Answers after a while, as a service does. */
function slowly(answer: Answer): Answer {
  return async (request) => {
    const reply = await answer(request);
    await delay(LATENCY_MS);
    return reply;
  };
}

const claimsIn = ({ redis }: ReplicaPair) => {
  const client = openClient(redis);
  return () => client.keys('scg:claim:*');
};

/** The first replica reads, and has the claim; the upstream does with that read what it is told. */
async function openClaimed(ofFirst: Answer, env: Record<string, string> = {}) {
  let turn = 0;
  const keeper = nameKeeper();
  const pair = await openPair((request) => {
    turn += request.method === 'GET' ? 1 : 0;
    return turn === 1 && request.method === 'GET' ? ofFirst(request) : keeper(request);
  }, env);
  const claims = claimsIn(pair);
  const leaving = new AbortController();
  const first = pair.first.query(READ, {}, { signal: leaving.signal }).catch(() => null);
  await eventually('the read is claimed', async () => (await claims()).length > 0, PATIENCE_MS);
  await eventually('the read is sent', () => pair.upstream.requests.length > 0, PATIENCE_MS);
  return { ...pair, claims, answered: first, leave: () => leaving.abort() };
}

describe('two replicas that miss the same read at the same moment', () => {
  test.each([READ, LIST])('make one call: %s', async (document) => {
    const { first, second, upstream } = await openPair(slowly(nameKeeper()));
    const [one, other] = await Promise.all([first.query(document), second.query(document)]);
    expect(other.text).toBe(one.text);
    expect(one.text).toContain('"old"');
    expect(upstream.requests).toHaveLength(1);
  });

  test('make one call for each of many, and hold up none by another', async () => {
    const { first, second, upstream } = await openPair(slowly(everyCollection));
    const documents = Array.from(
      { length: 20 },
      (_, index) => `{ collection(id: "col_${index}") { scenarioId } }`,
    );
    const answers = await Promise.all(
      documents.flatMap((document) => [first, second].map((gateway) => gateway.query(document))),
    );
    for (const { body } of answers) expect(body.errors).toBeUndefined();
    expect(new Set(upstream.requests.map(({ path }) => path)).size).toBe(20);
    expect(upstream.requests).toHaveLength(20);
  });

  test('each make their own with the cache off', async () => {
    const pair = await openPair(slowly(nameKeeper()), { CACHE_TTL_MS: '0' });
    await Promise.all([pair.first.query(READ), pair.second.query(READ)]);
    expect(pair.upstream.requests).toHaveLength(2);
  });
});

describe('who waits for the read of another replica', () => {
  test('reads itself as soon as that has failed', async () => {
    const { second, redis, reads, answered } = await openClaimed(slowly(() => json({}, 404)));
    expect((await second.query(READ)).text).toContain('"old"');
    expect((await answered)?.text).toBe('{"data":{"collection":null}}');
    expect(reads()).toBe(2);
    // By a command each: they have not run out.
    const client = openClient(redis);
    const areGivenBack = async () => (await client.info('commandstats')).includes('cmdstat_del:calls=2,');
    await eventually('both claims are given back', areGivenBack, PATIENCE_MS);
  });

  test('reads itself when the other one has gone', async () => {
    const { second, leave, reads } = await openClaimed(() => hang);
    const answer = second.query(READ);
    leave();
    expect((await answer).text).toContain('"old"');
    expect(reads()).toBe(2);
  });

  test.each(['10000', '1500'])(
    'reads itself when that takes too long, with %s ms for all',
    async (deadline) => {
      const { second, redis, claims, reads } = await openClaimed(() => hang, { DEADLINE_MS: deadline });
      // As that of a replica that has died, and does not run out.
      const [claim = ''] = await claims();
      await openClient(redis).set(claim, 'other');
      expect((await second.query(READ)).text).toContain('"old"');
      expect(reads()).toBe(2);
    },
  );

  test('reads itself when Redis dies meanwhile', async () => {
    const { second, redis, reads } = await openClaimed(() => hang);
    const answer = second.query(READ);
    await redis.kill();
    expect((await answer).text).toContain('"old"');
    expect(reads()).toBe(2);
  });

  test('does not wait for one that began before a write', async () => {
    const { first, second, upstream, claims, reads } = await openClaimed(() => hang);
    await first.query(RENAME, { name: 'new' });
    const { answer } = upstream;
    const asked = Promise.withResolvers<void>();
    upstream.answer = async (request) => {
      await asked.promise;
      return answer(request);
    };
    const late = second.query(READ);
    await eventually('both are claimed', async () => (await claims()).length === 2, PATIENCE_MS);
    asked.resolve();
    expect((await late).text).toContain('"new"');
    expect(reads()).toBe(2);
  });
});
