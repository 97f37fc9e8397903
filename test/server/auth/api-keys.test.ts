import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ApiKey, AuthConfig } from '../../../src/server/auth/authenticator.ts';
import { DEFAULT_ACCOUNT } from '../../../src/shared/brands.ts';
import { noCredential, openFrontDesk, refusedToken } from './front-desk.ts';

const KEY = 'Studio-key_0123456789';
const account = DEFAULT_ACCOUNT;
const KEYS: readonly ApiKey[] = [
  { name: 'reader', sha256: hash('sha256', 'reader-key'), scopes: ['collections:read'], account },
  {
    name: 'studio',
    sha256: hash('sha256', KEY).toUpperCase(),
    scopes: ['collections:read', 'collections:write'],
    account,
  },
  { name: 'idle', sha256: hash('sha256', 'idle-key'), scopes: [], account },
];
const API_KEYS: AuthConfig = { mode: 'api-key', keys: KEYS };

describe('where nobody is asked', () => {
  it.each([[[]], [['Bearer anything']], [['Basic x', 'Bearer y']]])(
    'everybody may do everything, by the name of the address (%j)',
    async (authorization) => {
      const desk = await openFrontDesk({ mode: 'none' });
      expect(await desk.ask(...authorization)).toEqual({
        caller: { name: '127.0.0.1', scopes: ['collections:read', 'collections:write'] },
        isSync: true,
      });
    },
  );
});

describe('an API key', () => {
  it.each([
    ['reader-key', 'reader', ['collections:read']],
    [KEY, 'studio', ['collections:read', 'collections:write']],
    ['idle-key', 'idle', []],
  ])('%s stands for its owner, with the scopes of the key, at once', async (key, name, scopes) => {
    const desk = await openFrontDesk(API_KEYS);
    expect(await desk.present(key)).toEqual({ caller: { name, scopes }, isSync: true });
  });

  it.each(['Bearer', 'bearer', 'BEARER', 'Bearer  '])(
    'may come with the scheme written "%s"',
    async (scheme) => {
      const desk = await openFrontDesk(API_KEYS);
      expect(await desk.ask(`${scheme} ${KEY}`)).toMatchObject({ caller: { name: 'studio' } });
    },
  );

  it.each([
    ['wrong', 'another-key'],
    ['a part of a right one', KEY.slice(0, -1)],
    ['more than a right one', `${KEY}0`],
    ['of another case', KEY.toLowerCase()],
    ['the digest itself', hash('sha256', KEY)],
    ['two in one', `${KEY},reader-key`],
    ['as long as may be', 'k'.repeat(4_096)],
  ])('is refused when it is %s', async (_what, key) => {
    const desk = await openFrontDesk(API_KEYS);
    expect(await desk.present(key)).toMatchObject(refusedToken(/API key is not accepted/));
  });

  it.each([[[]], [['']]])('is asked for when there is none (%j)', async (authorization) => {
    const desk = await openFrontDesk(API_KEYS);
    expect(await desk.ask(...authorization)).toMatchObject(noCredential('API key'));
  });

  it.each([
    'Bearer',
    'Bearer ',
    KEY,
    `Basic ${KEY}`,
    `Bearer ${KEY} more`,
    `Bearer\t${KEY}`,
    `Bearer ${KEY}é`,
  ])('is not looked for in "%s"', async (authorization) => {
    const desk = await openFrontDesk(API_KEYS);
    expect(await desk.ask(authorization)).toMatchObject(refusedToken(/cannot be read/));
  });

  it.each([
    ['twice', [`Bearer ${KEY}`, `Bearer ${KEY}`]],
    ['after a wrong one', ['Bearer wrong', `Bearer ${KEY}`]],
    ['before an empty one', [`Bearer ${KEY}`, '']],
  ])('is refused when it comes %s', async (_how, authorization) => {
    const desk = await openFrontDesk(API_KEYS);
    expect(await desk.ask(...authorization)).toMatchObject(refusedToken(/more than one/));
  });

  it.each([4_097, 100_000])('of %i characters is not even looked at', async (length) => {
    const desk = await openFrontDesk(API_KEYS);
    expect(await desk.present('k'.repeat(length))).toMatchObject(refusedToken(/too long/));
  });

  it('that is refused is neither shown nor logged', async () => {
    const desk = await openFrontDesk(API_KEYS);
    const receptions = [await desk.present('marker-key'), await desk.ask('marker-key')];
    expect(JSON.stringify(receptions)).not.toContain('marker');
    expect(desk.logged).toEqual([
      expect.stringMatching(/^debug .*unknown key/),
      expect.stringMatching(/^debug .*malformed/),
    ]);
    expect(desk.logged.join('\n')).not.toContain('marker');
  });
});
