import { describe, expect, it } from 'vitest';
import { codesOf, everyCollection, openFrontDoor } from '../../support/front-door.ts';
import type { GraphQLAnswer } from '../../support/gateway.ts';
import { json } from '../../support/scripted-upstream.ts';
import { ASKS_FOR_KEYS, bearing } from './keys.ts';

const READ = '{ collection(id: "col_1") { name } }';
const ADD =
  'mutation ($ids: [ID!]!) { addAssetsToCollection(input: { id: "c", assetIds: $ids }) { __typename } }';
const ids = (count: number) => Array.from({ length: count }, (_, index) => `asset_${index}`);

const headersOf = ({ headers }: GraphQLAnswer) => ({
  policy: headers.get('ratelimit-policy'),
  left: headers.get('ratelimit'),
  retryAfter: headers.get('retry-after'),
});

describe.each(['true', 'false'])('RATE_LIMIT_PER_MINUTE, with FAST_PATH=%s', (FAST_PATH) => {
  it('counts upstream calls, not requests, and tells what is left', async () => {
    const { query, wire } = await openFrontDoor(everyCollection, {
      RATE_LIMIT_PER_MINUTE: '4',
      FAST_PATH,
    });
    const first = await query(ADD, { ids: ids(120) });
    expect(headersOf(first)).toMatchObject({ policy: '"caller";q=4;w=60', retryAfter: null });
    expect(headersOf(first).left).toMatch(/^"caller";r=1;t=(60|59|58)$/);
    expect((await query('{ __typename }')).status).toBe(200);
    expect(headersOf(await query(READ)).left).toMatch(/^"caller";r=0;t=\d+$/);
    const refused = await query(READ);
    expect([refused.status, codesOf(refused), refused.body.data]).toEqual([429, ['RATE_LIMITED'], undefined]);
    expect(Number(headersOf(refused).retryAfter)).toBeGreaterThan(50);
    expect(Number(headersOf(refused).retryAfter)).toBeLessThanOrEqual(60);
    expect(headersOf(refused).left).toMatch(/^"caller";r=0;t=\d+$/);
    expect(refused.body.errors?.[0]?.extensions).toMatchObject({ retryable: true });
    expect(wire()).toHaveLength(4);
  });

  it('refuses what is too much at once without a call, also for those that take application/json alone', async () => {
    const { query, wire } = await openFrontDoor(everyCollection, {
      RATE_LIMIT_PER_MINUTE: '2',
      FAST_PATH,
    });
    const answer = await query(ADD, { ids: ids(120) }, { headers: { accept: 'application/json' } });
    expect([answer.status, codesOf(answer), wire()]).toEqual([429, ['RATE_LIMITED'], []]);
  });

  it('is each key’s own, whatever address it comes from', async () => {
    const env = { ...ASKS_FOR_KEYS, RATE_LIMIT_PER_MINUTE: '1', FAST_PATH };
    const { query } = await openFrontDoor(everyCollection, env);
    const statuses: number[] = [];
    for (const key of ['full-key', 'full-key', 'read-key', 'read-key'])
      statuses.push((await query(READ, {}, bearing(key))).status);
    expect(statuses).toEqual([200, 429, 200, 429]);
  });

  it('tells what is left once it is known what was called for', async () => {
    const env = { RATE_LIMIT_PER_MINUTE: '10', CACHE_TTL_MS: '60000', FAST_PATH };
    const { query, wire } = await openFrontDoor(everyCollection, env);
    for (const document of [READ, '{ collection(id: "col_1") { id } }'])
      expect(headersOf(await query(document)).left).toMatch(/^"caller";r=9;/);
    expect(wire()).toHaveLength(1);
  });

  it('tells nobody of less than nothing left', async () => {
    const { query } = await openFrontDoor(() => json({}, 503), { RATE_LIMIT_PER_MINUTE: '2', FAST_PATH });
    expect(headersOf(await query(READ)).left).toMatch(/^"caller";r=0;/);
  });

  it('charges retries too', async () => {
    const { query, wire } = await openFrontDoor(() => json({}, 503), {
      RATE_LIMIT_PER_MINUTE: '3',
      FAST_PATH,
    });
    await query(READ);
    expect(wire()).toHaveLength(3);
    expect((await query(READ)).status).toBe(429);
  });

  it('holds for 50 requests at once', async () => {
    const { query, wire } = await openFrontDoor(everyCollection, {
      RATE_LIMIT_PER_MINUTE: '10',
      FAST_PATH,
    });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => query(`{ collection(id: "c${index}") { id } }`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(wire()).toHaveLength(10);
  });

  it('is off by default, and then no answer speaks of it', async () => {
    const { query } = await openFrontDoor(everyCollection, { FAST_PATH });
    expect(headersOf(await query(READ))).toEqual({ policy: null, left: null, retryAfter: null });
  });
});

describe('failed logins', () => {
  it('of one address are refused after 60 within a minute; who has a good key is let in all the same', async () => {
    const { query, wire } = await openFrontDoor(everyCollection, ASKS_FOR_KEYS);
    const attempt = () => query(READ, {}, bearing('guess'));
    const statuses = (await Promise.all(Array.from({ length: 60 }, attempt))).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([401]));
    const refused = await attempt();
    expect([refused.status, codesOf(refused)]).toEqual([429, ['RATE_LIMITED']]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(wire()).toEqual([]);
    expect((await query(READ, {}, bearing('read-key'))).status).toBe(200);
  });
});
