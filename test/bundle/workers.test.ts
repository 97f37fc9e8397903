import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { creates } from '../support/creates.ts';
import { everyCollection, oneCollection } from '../support/front-door.ts';
import { type Answer, json, type Reply } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { connect, startWorkers } from './worker-connections.ts';

const READ = '{ collection(id: "col_1") { name } }';
const READ_ANY = 'query ($id: ID!) { collection(id: $id) { name } }';
const RENAME = `mutation ($name: String!) {
  updateCollection(input: { id: "col_1", name: $name }) { __typename }
}`;
const CREATE = `mutation ($key: String!) {
  createCollection(input: { name: "New", idempotencyKey: $key }) {
    ... on CreateCollectionPayload { collection { scenarioId } }
  }
}`;
const CACHED = { CACHE_TTL_MS: '60000' };

/** Plays a service with one collection that can be renamed. */
function renamable(): Answer {
  let name = 'old';
  return ({ method, body }) => {
    if (method === 'PUT') name = JSON.parse(body).name;
    return json({ collection: wireCollection({ name }) });
  };
}

/** Ten different reads in one operation. */
function tenReads(part: number): string {
  return Array.from(
    { length: 10 },
    (_, index) => `c${index}: collection(id: "c_${part}_${index}") { name }`,
  ).join(' ');
}

describe('two workers', () => {
  it('answer on one port, and say once that they listen', async () => {
    const { gateway, workers } = await startWorkers(everyCollection);
    const pids = new Set(workers.map(({ pid }) => pid));
    expect(pids.size).toBe(2);
    expect(pids).not.toContain(gateway.pid);
    for (const { send } of workers) expect((await send(READ)).text).toContain('Forest props');
    expect(gateway.stdout().match(/"msg":"listening"/g)).toHaveLength(1);
  });

  it('create once for a key, whichever of them is asked, and at the same time as well', async () => {
    const { workers, upstream } = await startWorkers(creates());
    const [first, second] = workers;
    const answers = await Promise.all(
      [first, second, first, second].map(({ send }) => send(CREATE, { key: 'one' })),
    );
    answers.push(await second.send(CREATE, { key: 'one' }));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.text).toContain('col_1');
    expect(upstream.requests).toHaveLength(1);
  });

  it('show a write of either at once, though both answer from memory', async () => {
    const { workers, upstream } = await startWorkers(renamable(), CACHED);
    for (let round = 0; round < 20; round += 1) {
      const [writer, reader] = round % 2 === 0 ? workers : [workers[1], workers[0]];
      await reader.send(READ);
      await writer.send(RENAME, { name: `round ${round}` });
      expect((await reader.send(READ)).text).toContain(`"round ${round}"`);
      expect((await writer.send(READ)).text).toContain(`"round ${round}"`);
    }
    const calls = upstream.requests.length;
    for (const { send } of workers) await send(READ);
    expect(upstream.requests).toHaveLength(calls);
  });

  it('join no read that began before a write of the other, though nothing is kept', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<Reply>();
    let isWritten = false;
    const { gateway, workers, upstream } = await startWorkers(({ method }) => {
      isWritten ||= method === 'PUT';
      return isWritten ? oneCollection({ name: 'new' }) : held;
    });
    const [writer, reader] = workers;
    // New connections go to both in turn.
    const early = [connect(gateway.url), connect(gateway.url)].map(({ send }) => send(READ));
    await expect.poll(() => upstream.requests.length).toBe(2);
    await writer.send(RENAME, { name: 'new' });
    const late = [reader, writer].map(({ send }) => send(READ));
    await expect.poll(() => upstream.requests.length).toBe(5);
    release(oneCollection({ name: 'old' }));
    for (const { text } of await Promise.all(late)) expect(text).toContain('"new"');
    await Promise.all(early);
  });

  it('answer nothing from memory while they can not be told of writes', async () => {
    const { workers } = await startWorkers(renamable(), CACHED);
    const [writer, reader] = workers;
    expect((await reader.send(READ)).text).toContain('"old"');
    process.kill(reader.pid, 'SIGSTOP');
    const late = reader.send(READ);
    await writer.send(RENAME, { name: 'new' });
    process.kill(reader.pid, 'SIGCONT');
    expect((await late).text).toContain('"new"');
  });

  it('count the calls of a caller together', async () => {
    const { workers } = await startWorkers(everyCollection, { RATE_LIMIT_PER_MINUTE: '10' });
    const statuses: number[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      for (const { send } of workers) statuses.push((await send(READ_ANY, { id: `col_${turn}` })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429, 429]);
  });

  it('count failed logins of an address together', async () => {
    const keys = [{ name: 'web', sha256: 'a'.repeat(64), scopes: ['collections:read'] }];
    const env = { AUTH_MODE: 'api-key', AUTH_API_KEYS: JSON.stringify(keys) };
    // Each connection was found with a failed login.
    const { workers } = await startWorkers(everyCollection, env);
    const statuses: number[] = [];
    for (let turn = 0; turn < 30; turn += 1) {
      for (const { send } of workers) statuses.push((await send(READ)).status);
    }
    const refused = statuses.filter((status) => status === 401).length;
    expect(refused).toBeGreaterThan(50);
    expect(refused).toBeLessThanOrEqual(58);
    expect(statuses.slice(-2)).toEqual([429, 429]);
  });

  it('call the upstream no more at once than the gateway may', async () => {
    let now = 0;
    let most = 0;
    const { workers } = await startWorkers(
      async (request) => {
        now += 1;
        most = Math.max(most, now);
        await delay(20);
        now -= 1;
        return everyCollection(request);
      },
      { UPSTREAM_CONNECTIONS: '5' },
    );
    const reads = workers.flatMap(({ send, pid }) =>
      [1, 2, 3, 4].map((part) => send(`{ ${tenReads(pid * 10 + part)} }`)),
    );
    for (const { status } of await Promise.all(reads)) expect(status).toBe(200);
    expect(most).toBeLessThanOrEqual(5);
  });
});
