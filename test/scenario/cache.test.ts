import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { type Answer, json, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

const CACHED = { CACHE_TTL_MS: '60000' };
const READ = '{ collection(id: "col_1") { name } }';
const LIST = '{ collections(first: 5) { nodes { name } } }';
const RENAME = 'mutation { updateCollection(input: { id: "col_1", name: "new" }) { __typename } }';

/** Answers as the API would, with the name that was given last. */
function nameKeeper(): Answer {
  let name = 'old';
  return ({ method, path, body }) => {
    if (method === 'PUT') name = JSON.parse(body).name;
    const collection = wireCollection({ name });
    return json(path === '/v1/collections' ? { collections: [collection] } : { collection });
  };
}

async function openCached(answer: Answer, env: Record<string, string> = {}) {
  const upstream = await startScriptedUpstream(answer);
  const gateway = await startGateway(upstream.url, { ...CACHED, ...env });
  return {
    upstream,
    gateway,
    [Symbol.asyncDispose]: async () => {
      await gateway.end();
      await upstream.close();
    },
  };
}

test.each([READ, LIST])('%s is answered from memory the second time', async (document) => {
  await using bench = await openCached(nameKeeper());
  const first = await bench.gateway.query(document);
  const second = await bench.gateway.query(document);
  expect(second.text).toBe(first.text);
  expect(bench.upstream.requests).toHaveLength(1);
});

test('a collection that was read is known in another document too', async () => {
  await using bench = await openCached(nameKeeper());
  await bench.gateway.query(READ);
  await bench.gateway.query('{ again: collection(id: "col_1") { assetCount } }');
  expect(bench.upstream.requests).toHaveLength(1);
});

test.each([READ, LIST])("the gateway's own write shows at once in %s", async (document) => {
  await using bench = await openCached(nameKeeper());
  await bench.gateway.query(document);
  await bench.gateway.query(RENAME);
  expect((await bench.gateway.query(document)).text).toContain('"name":"new"');
});

test('a write of unknown outcome makes what was read old', async () => {
  const keeper = nameKeeper();
  await using bench = await openCached((request) =>
    request.method === 'POST' ? json({}, 500) : keeper(request),
  );
  await bench.gateway.query(LIST);
  await bench.gateway.query('mutation { createCollection(input: { name: "x" }) { __typename } }');
  await bench.gateway.query(LIST);
  expect(bench.upstream.requests.filter(({ method }) => method === 'GET')).toHaveLength(2);
});

test('a read that began before a write is not used after it', async () => {
  const keeper = nameKeeper();
  await using bench = await openCached(async (request) => {
    const reply = await keeper(request);
    if (request.method === 'GET') await delay(300);
    return reply;
  });
  const slow = bench.gateway.query(READ);
  await delay(100);
  await bench.gateway.query(RENAME);
  await slow;
  expect((await bench.gateway.query(READ)).text).toContain('"name":"new"');
});

test('failures are never kept', async () => {
  let failing = true;
  await using bench = await openCached(() =>
    failing ? json({}, 404) : json({ collection: wireCollection() }),
  );
  expect((await bench.gateway.query(READ)).text).toBe('{"data":{"collection":null}}');
  failing = false;
  await bench.gateway.query(RENAME);
  expect((await bench.gateway.query(READ)).text).toContain('Forest props');
});

test('what has grown older than the limit is read again', async () => {
  await using bench = await openCached(nameKeeper(), { CACHE_TTL_MS: '300' });
  await bench.gateway.query(READ);
  await delay(500);
  await bench.gateway.query(READ);
  expect(bench.upstream.requests).toHaveLength(2);
});

test('what joined a read that was under way is as old as that read', async () => {
  const keeper = nameKeeper();
  await using bench = await openCached(
    async (request) => {
      await delay(600);
      return keeper(request);
    },
    { CACHE_TTL_MS: '1000' },
  );
  const renamed = '{ again: collection(id: "col_1") { name } }';
  const first = bench.gateway.query(READ);
  await delay(500);
  await Promise.all([first, bench.gateway.query(renamed)]);
  expect(bench.upstream.requests).toHaveLength(1);
  await delay(500);
  await bench.gateway.query(renamed);
  expect(bench.upstream.requests).toHaveLength(2);
});

const bearing = (name: string) => ({ headers: { authorization: `Bearer ${name}` } });

test('a caller who may not read gets nothing from memory either', async () => {
  const keys = ['reader', 'writer'].map((name) => ({
    name,
    sha256: createHash('sha256').update(name).digest('hex'),
    scopes: [name === 'reader' ? 'collections:read' : 'collections:write'],
  }));
  await using bench = await openCached(nameKeeper(), {
    AUTH_MODE: 'api-key',
    AUTH_API_KEYS: JSON.stringify(keys),
  });
  expect((await bench.gateway.query(READ, {}, bearing('reader'))).status).toBe(200);
  const refused = await bench.gateway.query(READ, {}, bearing('writer'));
  expect(refused.status).toBe(403);
  expect(refused.text).not.toContain('old');
});
