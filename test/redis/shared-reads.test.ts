import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { describe, expect } from 'vitest';
import { dig } from '../support/dig.ts';
import { eventually } from '../support/eventually.ts';
import { KEY, startGateway } from '../support/gateway.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { json } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { LIST, nameKeeper, openClient, openPair, READ, RENAME, storedKeys } from './replica-pair.ts';

const EVERYTHING = `{ collection(id: "col_1") {
  id scenarioId name ownerId assetCount modelCount itemCount createdAt updatedAt thumbnail { assetId url }
} }`;
const PAGE =
  '{ collections(first: 1) { edges { cursor node { id name } } pageInfo { hasNextPage endCursor } } }';

describe('what one replica has read', () => {
  test.each([EVERYTHING, PAGE])('another answers without a call: %s', async (document) => {
    const { first, second, redis, upstream } = await openPair(({ path }) =>
      json(
        path === '/v1/collections'
          ? { collections: [wireCollection({ extra: 'x' })], nextPaginationToken: 'next' }
          : { collection: wireCollection({ extra: 'x', thumbnail: null }) },
      ),
    );
    const { text } = await first.query(document);
    await storedKeys(openClient(redis), 1);
    for (const turn of [1, 2]) expect([turn, (await second.query(document)).text]).toEqual([turn, text]);
    expect(upstream.requests).toHaveLength(1);
  });

  test('is no older through another replica than through its own', async () => {
    const { first, second, redis, upstream } = await openPair(nameKeeper(), { CACHE_TTL_MS: '3000' });
    await first.query(READ);
    await storedKeys(openClient(redis), 1);
    await delay(1_800);
    await second.query(READ);
    expect(upstream.requests).toHaveLength(1);
    await delay(1_400);
    await second.query(READ);
    expect(upstream.requests).toHaveLength(2);
  });

  test.each([
    ['key', '127.0.0.1', 'other'],
    ['base URL', 'localhost', KEY],
  ])('is kept from a gateway with another %s', async (_what, host, key) => {
    const { first, redis, upstream } = await openPair(nameKeeper());
    const { text } = await first.query(READ);
    await storedKeys(openClient(redis), 1);
    await using other = await startGateway(upstream.url.replace('127.0.0.1', host), {
      REDIS_URL: redis.url,
      CACHE_TTL_MS: '60000',
      SCENARIO_SDK_API_KEY: key,
    });
    expect((await other.query(READ)).text).toBe(text);
    expect(upstream.requests).toHaveLength(2);
  });

  test('is not stored when it failed, or is wrong in part', async () => {
    const { first, second, redis, upstream } = await openPair(({ path }) =>
      path.endsWith('col_404')
        ? json({}, 404)
        : json({ collection: wireCollection({ thumbnail: { assetId: 'a', url: 'no url' } }) }),
    );
    const documents = [
      '{ collection(id: "col_404") { id } }',
      '{ collection(id: "col_1") { thumbnail { url } } }',
    ];
    for (const document of documents) {
      const { text } = await first.query(document);
      await delay(50);
      expect((await second.query(document)).body.data).toEqual(JSON.parse(text).data);
    }
    expect(await openClient(redis).keys('scg:read:*')).toEqual([]);
    expect(upstream.requests).toHaveLength(4);
  });
});

const edit = (text: string, ...changes: readonly object[]) =>
  JSON.stringify(Object.assign(JSON.parse(text), ...changes));
const editCollection = (text: string, change: object) =>
  edit(text, { value: { ...Object(dig(JSON.parse(text), 'value')), ...change } });

describe('a stored value is ignored, and the upstream asked, when it', () => {
  test.each<[what: string, spoil: (text: string, key: string, client: Redis) => Promise<unknown>]>([
    ['is cut short', (text, key, client) => client.set(key, text.slice(0, -20), 'KEEPTTL')],
    ['is empty', (_text, key, client) => client.set(key, '', 'KEEPTTL')],
    ['is no JSON', (_text, key, client) => client.set(key, 'O:8:"stdClass":0:{}', 'KEEPTTL')],
    ['is JSON of something else', (_text, key, client) => client.set(key, '{"name":"stored"}', 'KEEPTTL')],
    ['is null', (_text, key, client) => client.set(key, 'null', 'KEEPTTL')],
    [
      'is no text',
      (_text, key, client) => client.multi().del(key).lpush(key, 'stored').pexpire(key, 9_999).exec(),
    ],
    ['has another shape', (text, key, client) => client.set(key, edit(text, { shape: 'other' }), 'KEEPTTL')],
    ['has no shape', (text, key, client) => client.set(key, edit(text, { shape: undefined }), 'KEEPTTL')],
    [
      'belongs to another path',
      (text, key, client) => client.set(key, edit(text, { path: '/collections/col_2' }), 'KEEPTTL'),
    ],
    [
      'belongs to another epoch',
      (text, key, client) => client.set(key, edit(text, { epoch: '1' }), 'KEEPTTL'),
    ],
    [
      'lacks a field',
      (text, key, client) => client.set(key, editCollection(text, { ownerId: undefined }), 'KEEPTTL'),
    ],
    [
      'has a field of another form',
      (text, key, client) => client.set(key, editCollection(text, { assetCount: '3' }), 'KEEPTTL'),
    ],
    [
      'is another collection',
      (text, key, client) => client.set(key, editCollection(text, { id: 'col_2' }), 'KEEPTTL'),
    ],
    [
      'has a broken thumbnail',
      (text, key, client) => client.set(key, editCollection(text, { thumbnail: 'malformed' }), 'KEEPTTL'),
    ],
    ['would last for ever', (_text, key, client) => client.persist(key)],
    ['would last too long', (_text, key, client) => client.pexpire(key, 120_000)],
  ])('%s', async (_what, spoil) => {
    const { first, second, redis, upstream } = await openPair(nameKeeper());
    await first.query(EVERYTHING);
    const client = openClient(redis);
    const [key = ''] = await storedKeys(client, 1);
    const text = (await client.get(key)) ?? '';
    await spoil(text.replace('"old"', '"stored"'), key, client);
    const answer = await second.query(EVERYTHING);
    expect(answer.text).toContain('"name":"old"');
    expect(answer.body.errors).toBeUndefined();
    expect(upstream.requests).toHaveLength(2);
  });
});

describe('a write through one replica', () => {
  test.each([READ, LIST])('drops what was stored before it is answered: %s', async (document) => {
    const { first, second, redis } = await openPair(nameKeeper());
    const client = openClient(redis);
    for (let round = 0; round < 10; round += 1) {
      const [writer, reader] = round % 2 === 0 ? [first, second] : [second, first];
      await reader.query(document);
      await storedKeys(client, 1);
      await writer.query(RENAME, { name: `round ${round}` });
      for (const replica of [reader, writer])
        expect((await replica.query(document)).text).toContain(`"round ${round}"`);
    }
  });

  test.each([READ, LIST])('drops it too when its outcome is unknown: %s', async (document) => {
    const keeper = nameKeeper();
    // While it is down nothing can be read back either.
    let isDown = false;
    const { first, second, redis } = await openPair(async (request) => {
      const reply = await keeper(request);
      return isDown ? json({}, 500) : reply;
    });
    await second.query(document);
    await storedKeys(openClient(redis), 1);
    isDown = true;
    expect((await first.query(RENAME, { name: 'perhaps' })).text).toContain('WRITE_OUTCOME_UNKNOWN');
    isDown = false;
    for (const replica of [first, second])
      expect((await replica.query(document)).text).toContain('"name":"perhaps"');
  });

  test.each(['0', '60000'])(
    'is seen by a read that finds an older one in flight, with CACHE_TTL_MS=%s',
    async (ttlMs) => {
      const keeper = nameKeeper();
      const { first, second, upstream, reads } = await openPair(keeper, { CACHE_TTL_MS: ttlMs });
      for (let round = 0; round < 5; round += 1) {
        const answered = Promise.withResolvers<void>();
        upstream.answer = async (request) => {
          const reply = await keeper(request);
          if (request.method === 'GET') await answered.promise;
          return reply;
        };
        await first.query(RENAME, { name: `before round ${round}` });
        const before = reads();
        const early = second.query(READ);
        await eventually('the early read is sent', () => reads() > before);
        await first.query(RENAME, { name: `round ${round}` });
        const late = second.query(READ);
        await eventually('the late read is sent', () => reads() > before + 1);
        answered.resolve();
        expect((await late).text).toContain(`"round ${round}"`);
        await early;
      }
    },
  );

  test('is told also by a replica that keeps nothing itself', async () => {
    const { upstream, second, redis } = await openPair(nameKeeper());
    await second.query(READ);
    await using plain = await startGateway(upstream.url, {
      REDIS_URL: redis.url,
    });
    await plain.query(RENAME, { name: 'told' });
    expect((await second.query(READ)).text).toContain('"name":"told"');
  });
});
