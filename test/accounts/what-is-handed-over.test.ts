import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { codesOf, oneCollection } from '../support/front-door.ts';
import { json, type Reply } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { type AccountDoor, NAMES, type Name, openAccountDoor } from './account-door.ts';
import { PLANNED, startMarkedSandboxes } from './marked-sandboxes.ts';

const READ = '{ collection(id: "col_1") { name } }';
const FIND = '{ collections(first: 5, orderBy: { field: NAME, direction: ASC }) { nodes { name } } }';
const RENAME = 'mutation { updateCollection(input: { id: "col_1", name: "New" }) { __typename } }';
const KEPT = { CACHE_TTL_MS: '600000', STALE_IF_ERROR_MS: '600000' };
const [{ id: COLLECTION } = { id: '' }] = PLANNED;

const unavailable = json({}, 503);
const nameFor = (account: Name) => `of ${account}`;

/** A list of one, or that one. */
function ownCollection(account: Name, path: string): Reply {
  const collection = { name: nameFor(account) };
  return path === '/v1/collections'
    ? json({ collections: [wireCollection(collection)] })
    : oneCollection(collection);
}

const nameIn = ({ body }: Awaited<ReturnType<AccountDoor['ask']>>): unknown =>
  dig(body.data, 'collection', 'name');

test('90 equal reads of three accounts at once share calls with those of the same account alone', async () => {
  const door = await openAccountDoor(async (account) => {
    await delay(1_000);
    return oneCollection({ name: nameFor(account) });
  });
  const callers = Array.from({ length: 90 }, (_, index) => NAMES[index % NAMES.length] ?? 'default');
  const answers = await Promise.all(callers.map((account) => door.ask(account, READ)));
  expect(answers.map(nameIn)).toEqual(callers.map(nameFor));
  for (const name of NAMES) {
    expect(door.calls(name).length).toBeGreaterThanOrEqual(1);
    expect(door.calls(name).length).toBeLessThan(30);
  }
});

const inCollection = (members: string) =>
  `{ result: collection(id: "${COLLECTION}") { members: ${members} { edges { cursor } } } }`;

describe('a cursor of one account is refused by another, without a call', () => {
  test.each<[list: string, document: (after: string) => string]>([
    ['collections', (after) => `{ result: collections(first: 2${after}) { edges { cursor } } }`],
    [
      'collections in an order',
      (after) =>
        `{ result: collections(first: 2, orderBy: { field: NAME, direction: ASC }${after}) { edges { cursor } } }`,
    ],
    [
      'collections that are filtered',
      (after) => `{ result: collections(first: 2, filter: { isEmpty: false }${after}) { edges { cursor } } }`,
    ],
    ['assets', (after) => `{ result: assets(first: 2${after}) { edges { cursor } } }`],
    [
      'assets that are searched for',
      (after) =>
        `{ result: assets(first: 2, filter: { inCollection: "${COLLECTION}" }${after}) { edges { cursor } } }`,
    ],
    ['assets of a collection', (after) => inCollection(`assets(first: 2${after})`)],
    ['models of a collection', (after) => inCollection(`models(first: 2${after})`)],
  ])('%s', async (_list, document) => {
    const door = await openAccountDoor(await startMarkedSandboxes());
    const first = await door.ask('animation', document(''));
    const cursor = /"cursor":"([^"]+)"/.exec(first.text)?.[1] ?? '';
    const next = document(`, after: "${cursor}"`);
    expect((await door.ask('animation', next)).body.errors).toBeUndefined();
    const before = door.calls('brand-2').length;
    expect(codesOf(await door.ask('brand-2', next))).toEqual(['BAD_USER_INPUT']);
    const calls = door.calls('brand-2').slice(before);
    expect(calls.filter((call) => !call.includes(`/collections/${COLLECTION}`))).toEqual([]);
  });
});

describe('what is kept for one account', () => {
  test('is no stale copy for another that is down', async () => {
    let isDown = false;
    const door = await openAccountDoor(
      (account) => (isDown ? unavailable : oneCollection({ name: nameFor(account) })),
      { STALE_IF_ERROR_MS: '600000' },
    );
    await door.ask('animation', READ);
    isDown = true;
    expect(codesOf(await door.ask('brand-2', READ))).toEqual(['UPSTREAM_UNAVAILABLE']);
    const stale = await door.ask('animation', READ);
    expect([nameIn(stale), dig(stale.body, 'extensions', 'stale')]).toEqual([
      'of animation',
      expect.anything(),
    ]);
  });

  test('stays when another writes: reads, answers and the index', async () => {
    const door = await openAccountDoor((account, { path }) => ownCollection(account, path), KEPT);
    const readAll = async (account: Name) => {
      for (const document of [READ, FIND]) await door.ask(account, document);
    };
    await readAll('animation');
    await readAll('brand-2');
    await door.ask('brand-2', RENAME);
    await readAll('animation');
    await readAll('brand-2');
    expect(door.calls('animation')).toEqual([
      expect.stringContaining('/collections/col_1'),
      expect.stringContaining('/collections?'),
    ]);
    expect(door.calls('brand-2').filter((call) => call.startsWith('GET /v1/collections/col_1'))).toHaveLength(
      2,
    );
  });
});
