import { describe, expect, test } from 'vitest';
import { codesOf, oneCollection } from '../support/front-door.ts';
import { type AccountDoor, NAMES, type Name, openAccountDoor } from './account-door.ts';
import { CLAIM, issueTokens } from './account-tokens.ts';

const READ = '{ viewer { account } collection(id: "col_1") { name } }';

const named = (account: Name) => oneCollection({ name: `of ${account}` });
const lastLine = ({ logLines }: AccountDoor): unknown => JSON.parse(logLines.at(-1) ?? '');

describe('a key', () => {
  test.each(NAMES)('works with the account that it names: %s', async (name) => {
    const door = await openAccountDoor(named);
    expect((await door.ask(name, READ)).body).toEqual({
      data: { viewer: { account: name }, collection: { name: `of ${name}` } },
    });
    for (const each of NAMES) expect(door.calls(each)).toHaveLength(each === name ? 1 : 0);
    expect(lastLine(door)).toMatchObject({ caller: `caller-of-${name}`, account: name });
  });
});

async function openTokenDoor(env: Record<string, string> = {}) {
  const tokens = await issueTokens();
  const door = await openAccountDoor(named, { ...tokens.env, ...env });
  const present = async (claims: object) => door.ask('default', READ, {}, await tokens.present(claims));
  return { door, present };
}

describe('a token', () => {
  test.each(NAMES)('works with the account that its claim names: %s', async (name) => {
    const { door, present } = await openTokenDoor();
    for (let turn = 0; turn < 2; turn += 1)
      expect((await present({ [CLAIM]: name })).body.data).toEqual({
        viewer: { account: name },
        collection: { name: `of ${name}` },
      });
    for (const each of NAMES) expect(door.calls(each)).toHaveLength(each === name ? 2 : 0);
  });

  test('works with the default account where no claim is configured, whatever it claims', async () => {
    const { present } = await openTokenDoor({ AUTH_ACCOUNT_CLAIM: '' });
    expect((await present({ account: 'animation' })).body.data).toMatchObject({
      viewer: { account: 'default' },
    });
  });

  test.each<[what: string, claims: object]>([
    ['without the claim', {}],
    ['with another claim', { account: 'animation' }],
    ['with an account that is not configured', { [CLAIM]: 'finance' }],
    ['with an account in capitals', { [CLAIM]: 'Animation' }],
    ['with an account and a blank', { [CLAIM]: 'animation ' }],
    ['with an empty account', { [CLAIM]: '' }],
    ['with two accounts in a text', { [CLAIM]: 'animation default' }],
    ['with a list', { [CLAIM]: ['animation'] }],
    ['with a list of two', { [CLAIM]: ['animation', 'default'] }],
    ['with an object', { [CLAIM]: { name: 'animation' } }],
    ['with true', { [CLAIM]: true }],
    ['with nothing', { [CLAIM]: null }],
  ])('%s is FORBIDDEN, with no upstream call', async (_what, claims) => {
    const { door, present } = await openTokenDoor();
    const refused = await present(claims);
    expect([refused.status, codesOf(refused), refused.body.data]).toEqual([403, ['FORBIDDEN'], undefined]);
    for (const each of NAMES) expect(door.calls(each)).toEqual([]);
    expect(lastLine(door)).toMatchObject({ account: null, status: 403 });
  });

  test('whose claim has the name of what every object has is FORBIDDEN', async () => {
    const { present } = await openTokenDoor({ AUTH_ACCOUNT_CLAIM: 'constructor' });
    expect(codesOf(await present({}))).toEqual(['FORBIDDEN']);
  });
});

test('nobody who is asked nothing works with another account than the default', async () => {
  const door = await openAccountDoor(named, { AUTH_MODE: 'none' });
  expect((await door.ask('animation', READ)).body.data).toMatchObject({ viewer: { account: 'default' } });
});
