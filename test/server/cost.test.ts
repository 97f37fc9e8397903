import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { json, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

const SHOW = { headers: { 'x-show-cost': '1' } };

async function open(env: Record<string, string> = {}) {
  const upstream = await startScriptedUpstream(({ path }) => {
    const tried = upstream.requests.filter((request) => request.path === path).length;
    if (path.endsWith('/col_flaky') && tried === 1) return json({}, 503);
    return json({ collection: wireCollection() });
  });
  const gateway = await startGateway(upstream.url, env);
  return {
    gateway,
    [Symbol.asyncDispose]: async () => {
      await gateway.end();
      await upstream.close();
    },
  };
}

test('an operation says what it cost when it is asked to', async () => {
  await using bench = await open();
  const document =
    '{ a: collection(id: "col_1") { id } b: collection(id: "col_1") { name } c: collection(id: "col_flaky") { id } }';
  const { body } = await bench.gateway.query(document, {}, SHOW);
  expect(body).toMatchObject({
    extensions: { cost: { upstreamCalls: 3, retries: 1, shared: 0, cached: 0, planned: 2 } },
  });
});

test('what came from memory is counted as such', async () => {
  await using bench = await open({ CACHE_TTL_MS: '60000' });
  const document = '{ collection(id: "col_1") { id } }';
  await bench.gateway.query(document);
  const { body } = await bench.gateway.query(document, {}, SHOW);
  expect(body).toMatchObject({ extensions: { cost: { upstreamCalls: 0, cached: 1, planned: 1 } } });
});

test('an operation says nothing of its cost when it is not asked to', async () => {
  await using bench = await open();
  expect((await bench.gateway.query('{ collection(id: "col_1") { id } }')).text).not.toContain('extensions');
});

test('readiness names what is degraded and stays ready', async () => {
  await using bench = await open({ REDIS_URL: 'redis://127.0.0.1:1' });
  const answer = await fetch(new URL('/readyz', bench.gateway.url));
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'ready', degraded: ['redis'] }]);
});
