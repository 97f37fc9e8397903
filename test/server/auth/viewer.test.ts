import { describe, expect, it } from 'vitest';
import { codesOf, everyCollection, openFrontDoor } from '../../support/front-door.ts';
import { ASKS_FOR_KEYS, bearing, type Key } from '../front-door/keys.ts';
import { AUDIENCE, createSigningKey, ISSUER, publishKeys, sign } from './token-issuer.ts';

const VIEWER = '{ viewer { name account canRead canWrite } }';

describe.each(['true', 'false'])('viewer, with FAST_PATH=%s', (FAST_PATH) => {
  it.each<[Key, string, boolean, boolean]>([
    ['full-key', 'studio', true, true],
    ['read-key', 'reader', true, false],
    ['write-key', 'writer', false, true],
    ['idle-key', 'idle', false, false],
  ])('tells whoever has the %s who they are, without a call', async (key, name, canRead, canWrite) => {
    const { query, wire } = await openFrontDoor(everyCollection, { ...ASKS_FOR_KEYS, FAST_PATH });
    const { status, body } = await query(VIEWER, {}, bearing(key));
    expect([status, body]).toEqual([
      200,
      { data: { viewer: { name, account: 'default', canRead, canWrite } } },
    ]);
    expect(wire()).toEqual([]);
  });

  it('tells the subject of a token', async () => {
    const key = await createSigningKey('key-1');
    const env = { AUTH_JWKS_URL: (await publishKeys(key)).url, AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE };
    const { query } = await openFrontDoor(everyCollection, { AUTH_MODE: 'jwt', ...env, FAST_PATH });
    const { body } = await query(VIEWER, {}, bearing(await sign(key)));
    expect(body.data).toEqual({
      viewer: { name: 'ada', account: 'default', canRead: true, canWrite: false },
    });
  });

  it('is anonymous where nobody is asked, and never an address', async () => {
    const { query } = await openFrontDoor(everyCollection, { FAST_PATH });
    expect((await query(VIEWER)).body.data).toEqual({
      viewer: { name: 'anonymous', account: 'default', canRead: true, canWrite: true },
    });
  });

  it('costs nothing of a budget, and opens nothing that needs a scope', async () => {
    const env = { ...ASKS_FOR_KEYS, RATE_LIMIT_PER_MINUTE: '1', FAST_PATH };
    const { query, wire } = await openFrontDoor(everyCollection, env);
    for (let turn = 0; turn < 3; turn += 1)
      expect((await query(VIEWER, {}, bearing('read-key'))).status).toBe(200);
    const both = '{ viewer { name } collection(id: "col_1") { name } }';
    const refused = await query(both, {}, bearing('idle-key'));
    expect([refused.status, codesOf(refused)]).toEqual([403, ['INSUFFICIENT_SCOPE']]);
    expect(wire()).toEqual([]);
    expect((await query(both, {}, bearing('read-key'))).body.data).toMatchObject({
      viewer: { name: 'reader' },
    });
  });

  it.each([VIEWER, '{ viewer { name } collection(id: "col_1") { name } }'])(
    'is not told to others out of answers that are kept: %s',
    async (document) => {
      const env = { ...ASKS_FOR_KEYS, CACHE_TTL_MS: '600000', FAST_PATH };
      const { query } = await openFrontDoor(everyCollection, env);
      for (const [key, name] of [
        ['full-key', 'studio'],
        ['read-key', 'reader'],
        ['full-key', 'studio'],
      ] as const)
        expect((await query(document, {}, bearing(key))).body.data).toMatchObject({ viewer: { name } });
    },
  );
});
