import { describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { codesOf, oneCollection } from '../support/front-door.ts';
import { hang, json, type Reply, reset } from '../support/scripted-upstream.ts';
import { type AccountDoor, type Name, openAccountDoor } from './account-door.ts';

const read = (id: string) => `{ collection(id: "${id}") { name } }`;
const WRITE = 'mutation { createCollection(input: { name: "Props" }) { __typename } }';
const WELL: Name = 'animation';
const ILL: Name = 'brand-2';

/** Lets one account answer as it should, and another with this. */
const only = (account: Name, reply: Reply) => (asked: Name) => (asked === account ? reply : oneCollection());

/** Asks as the account that is ill, again and again, each time for something else. */
async function askIll({ ask }: AccountDoor, times: number) {
  return Promise.all(Array.from({ length: times }, (_, index) => ask(ILL, read(`col_${index}`))));
}

/** The other account reads and writes, each with its one call and without an error. */
async function expectWell(door: AccountDoor): Promise<void> {
  const before = door.calls(WELL).length;
  for (const document of [read('col_1'), WRITE]) {
    const { status, body } = await door.ask(WELL, document);
    expect([status, body.errors]).toEqual([200, undefined]);
  }
  expect(door.calls(WELL)).toHaveLength(before + 2);
}

describe('an account', () => {
  test.each<[trouble: string, reply: Reply]>([
    ['is down', reset],
    ['fails', json({}, 503)],
  ])(
    'that %s is not called for a while, is named by /readyz, and is no trouble of another',
    async (_what, reply) => {
      const door = await openAccountDoor(only(ILL, reply));
      await askIll(door, 20);
      expect(await door.degraded()).toEqual([`upstream:${ILL}`]);
      const calls = door.calls(ILL).length;
      expect(codesOf(await door.ask(ILL, read('col_new')))).toEqual(['UPSTREAM_UNAVAILABLE']);
      expect(door.calls(ILL).length - calls).toBeLessThanOrEqual(1);
      await expectWell(door);
    },
  );

  test('that is the default is named "upstream"', async () => {
    const door = await openAccountDoor(only('default', json({}, 503)));
    await Promise.all(Array.from({ length: 20 }, (_, index) => door.ask('default', read(`col_${index}`))));
    expect(await door.degraded()).toEqual(['upstream']);
    await expectWell(door);
  });

  test('that hangs takes its own slots alone', async () => {
    const env = { UPSTREAM_CONNECTIONS: '2', DEADLINE_MS: '5000', UPSTREAM_TIMEOUT_MS: '5000' };
    const door = await openAccountDoor(only(ILL, hang), env);
    const waiting = askIll(door, 10);
    await eventually('the slots are taken', () => door.calls(ILL).length > 0, 5_000);
    await expectWell(door);
    for (const answer of await waiting) expect(codesOf(answer)).toHaveLength(1);
  });

  test('that is throttled pauses alone', async () => {
    const door = await openAccountDoor(only(ILL, json({}, 429, { 'retry-after': '50' })));
    expect(codesOf(await door.ask(ILL, read('col_1')))).toEqual(['RATE_LIMITED']);
    const calls = door.calls(ILL).length;
    expect(codesOf(await door.ask(ILL, read('col_2')))).toEqual(['RATE_LIMITED']);
    expect(door.calls(ILL)).toHaveLength(calls);
    await expectWell(door);
  });

  test('that has spent its quota waits alone', async () => {
    const door = await openAccountDoor(() => oneCollection(), { UPSTREAM_RATE_PER_MINUTE: '10' });
    const answers = await askIll(door, 12);
    expect(answers.flatMap(codesOf)).toContain('RATE_LIMITED');
    await expectWell(door);
  });

  test('whose credentials are refused fails alone', async () => {
    const door = await openAccountDoor(only(ILL, json({ reason: 'no' }, 401)));
    const answers = await askIll(door, 15);
    expect(new Set(answers.flatMap(codesOf))).toEqual(new Set(['UPSTREAM_REJECTED']));
    expect(await door.degraded()).toEqual([]);
    await expectWell(door);
  });
});

test('a caller has one budget, and callers of an account have each their own', async () => {
  const door = await openAccountDoor(() => oneCollection(), { RATE_LIMIT_PER_MINUTE: '1' });
  for (const name of [ILL, WELL, 'default'] as const) {
    expect((await door.ask(name, read('col_1'))).status).toBe(200);
    expect(codesOf(await door.ask(name, read('col_2')))).toEqual(['RATE_LIMITED']);
  }
});
