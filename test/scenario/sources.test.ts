import { describe, expect, test } from 'vitest';
import type { Members } from '../../src/scenario/membership/edit-members.ts';
import { scopeOf } from '../http/calls.ts';
import { failed, status } from '../http/open-calls.ts';
import { wireAsset } from '../support/wire-members.ts';
import { asset, COL, except, honest, model, NEWEST } from './honest-service.ts';
import { answered, errorOf, openAccount } from './open-account.ts';

const FIRST = { first: 2, after: null };

describe('a collection', () => {
  test('is read once by one request, and again by the next', async () => {
    const { request, sent } = openAccount(honest);
    const { collections } = request();
    const both = await Promise.all([collections.load(COL), collections.load(COL)]);
    expect(both).toMatchObject([{ id: 'col_1' }, { id: 'col_1' }]);
    await collections.load(COL);
    expect(sent).toEqual(['GET /collections/col_1']);
    await request().collections.load(COL);
    expect(sent).toHaveLength(2);
  });

  test('is not read where the list has shown it', async () => {
    const { request, sent } = openAccount(honest);
    const { collections } = request();
    expect((await collections.list(FIRST)).items.map(({ id }) => id)).toEqual(['col_1', 'col_2']);
    expect(await collections.load(COL)).toMatchObject({ id: 'col_1' });
    expect(sent).toEqual(['GET /collections?pageSize=2']);
  });

  test('is null where there is none, and an error that names it where it may not be read', async () => {
    const missing = openAccount(except({ 'collections.retrieve': failed(status(404)) }));
    expect(await missing.request().collections.load(COL)).toBeNull();
    const forbidden = openAccount(except({ 'collections.retrieve': failed(status(403)) }));
    expect(await errorOf(forbidden.request().collections.load(COL))).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('"col_1"'),
    });
  });

  test('that was written is known, and what was read before is not any more', async () => {
    const { request, sent } = openAccount(honest);
    const sources = request();
    const { collections } = sources;
    await collections.list(FIRST);
    await sources.assets.list({ collectionId: COL, order: NEWEST }, FIRST);
    await sources.models.load(model('m'));
    sent.length = 0;
    expect(await collections.update(COL, { name: 'new' })).toMatchObject({ id: 'col_1' });
    expect(await collections.load(COL)).toMatchObject({ id: 'col_1' });
    expect(sent).toEqual(['PUT /collections/col_1 {"name":"new"}']);
    sent.length = 0;
    await collections.list(FIRST);
    await sources.assets.list({ collectionId: COL, order: NEWEST }, FIRST);
    await sources.models.load(model('m'));
    expect(sent).toHaveLength(3);
  });

  test('that was read while it was deleted is read again', async () => {
    const { request, sent } = openAccount(honest);
    const { collections } = request();
    const deleted = collections.delete(COL);
    await collections.load(COL);
    await deleted;
    await collections.load(COL);
    expect(sent).toEqual(['DELETE /collections/col_1', 'GET /collections/col_1', 'GET /collections/col_1']);
  });

  test('that was read while its write began is not what it was afterwards', async () => {
    const { request, sent } = openAccount(honest);
    const { collections } = request();
    await collections.load(COL);
    const writes = [
      () => collections.update(COL, {}),
      () => collections.editMembers('add', COL, { kind: 'assets', ids: [asset('a')] }),
    ];
    for (const write of writes) {
      sent.length = 0;
      const written = write();
      await collections.load(COL);
      await written;
      expect(sent).toContain('GET /collections/col_1');
    }
  });

  test('that cannot be written is an error that names it', async () => {
    const { request } = openAccount(
      except({ 'collections.update': failed(status(404)), 'collections.delete': failed(status(404)) }),
    );
    const { collections } = request();
    for (const write of [collections.update(COL, { name: 'n' }), collections.delete(COL)])
      expect(await errorOf(write)).toMatchObject({
        code: 'NOT_FOUND',
        message: 'There is no collection "col_1".',
      });
  });

  test('whose write may have been made is read again, and the error says what to do', async () => {
    const lost = failed(status(500), true);
    const { request, sent } = openAccount(
      except({
        'collections.update': lost,
        'collections.delete': lost,
        'collections.assets.add': lost,
        'assets.bulk': answered({ assets: [wireAsset({ id: 'a' })] }),
      }),
    );
    const { collections } = request();
    const writes = [
      () => collections.update(COL, { name: 'n' }),
      () => collections.delete(COL),
      () => collections.editMembers('add', COL, { kind: 'assets', ids: [asset('a')] }),
    ];
    for (const write of writes) {
      await collections.load(COL);
      expect(await errorOf(write())).toMatchObject({
        code: 'WRITE_OUTCOME_UNKNOWN',
        message: expect.stringContaining('may or may not have been made'),
      });
      sent.length = 0;
      await collections.load(COL);
      expect(sent).toEqual(['GET /collections/col_1']);
    }
  });
});

describe('a create', () => {
  test('without a key is made each time, and its collection is known', async () => {
    const { request, sent } = openAccount(honest);
    const { collections } = request();
    await collections.create('n', null);
    const created = await collections.create('n', null);
    expect(await collections.load(created.id)).toBe(created);
    expect(sent).toEqual(['POST /collections {"name":"n"}', 'POST /collections {"name":"n"}']);
  });

  test('with a key is made once for a caller, and its collection is known', async () => {
    const { request, sent } = openAccount(honest);
    const created = await request().collections.create('n', 'key');
    const { collections } = request();
    expect(await collections.create('n', 'key')).toEqual(created);
    await collections.load(created.id);
    expect(sent).toHaveLength(1);
    await request(scopeOf(), 'bob').collections.create('n', 'key');
    expect(sent).toHaveLength(2);
  });

  test('that cannot be made is an error, with or without a key', async () => {
    const { request } = openAccount(except({ 'collections.create': failed(status(403)) }));
    for (const key of [null, 'key'])
      expect(await errorOf(request().collections.create('n', key))).toMatchObject({
        code: 'UPSTREAM_REJECTED',
      });
  });
});

describe('an edit of members', () => {
  test.each<[members: Members, call: string]>([
    [{ kind: 'assets', ids: [asset('a')] }, 'PUT /collections/col_1/assets {"assetIds":["a"]}'],
    [{ kind: 'models', ids: [model('m')] }, 'PUT /collections/col_1/models {"modelIds":["m"]}'],
  ])('of %j is one call, and gives the collection', async (members, call) => {
    const { request, sent } = openAccount(honest);
    const { collections } = request();
    const result = await collections.editMembers('add', COL, members);
    expect(result).toMatchObject({ collection: { id: 'col_1' }, changedIds: members.ids, unchangedIds: [] });
    expect(await collections.load(COL)).toBe(result.collection);
    expect(sent).toEqual([call]);
  });

  const REFUSED = failed(status(400));

  test.each<[edit: 'add' | 'remove', members: Members, calls: readonly string[]]>([
    [
      'add',
      { kind: 'assets', ids: [asset('a')] },
      ['PUT /collections/col_1/assets {"assetIds":["a"]}', 'POST /assets/get-bulk {"assetIds":["a"]}'],
    ],
    [
      'add',
      { kind: 'models', ids: [model('m')] },
      [
        'PUT /collections/col_1/models {"modelIds":["m"]}',
        'POST /models/get-bulk {"modelIds":["m"],"thumbnail":true}',
      ],
    ],
  ])('to %s what is in it already has nothing to do: %j', async (edit, members, [write, read]) => {
    const refusing = except({
      'collections.assets.add': REFUSED,
      'collections.models.add': REFUSED,
    });
    const { request, sent } = openAccount(refusing);
    const result = await request().collections.editMembers(edit, COL, members);
    expect(result).toMatchObject({ changedIds: [], unchangedIds: members.ids });
    expect(sent).toEqual([write, 'GET /collections/col_1', read]);
  });

  test('to remove what is not in it has nothing to do either', async () => {
    const outside = answered({ assets: [wireAsset({ id: 'a' })] });
    const { request } = openAccount(except({ 'collections.assets.remove': REFUSED, 'assets.bulk': outside }));
    expect(
      await request().collections.editMembers('remove', COL, { kind: 'assets', ids: [asset('a')] }),
    ).toMatchObject({ unchangedIds: ['a'] });
  });

  test('names the kind of the id that does not exist', async () => {
    const none = { 'assets.bulk': answered({ assets: [] }), 'models.bulk': answered({ models: [] }) };
    const { request } = openAccount(
      except({ ...none, 'collections.assets.add': REFUSED, 'collections.models.add': REFUSED }),
    );
    const { collections } = request();
    const members: ReadonlyArray<[Members, string]> = [
      [{ kind: 'assets', ids: [asset('x')] }, 'There is no asset "x".'],
      [{ kind: 'models', ids: [model('x')] }, 'There is no model "x".'],
    ];
    for (const [ids, message] of members)
      expect(await errorOf(collections.editMembers('add', COL, ids))).toMatchObject({
        code: 'NOT_FOUND',
        message,
      });
  });

  test('reads a model by itself that a bulk read gave only in part', async () => {
    const inPart = answered({ models: [{ id: 'm' }] });
    const { request, sent } = openAccount(
      except({ 'collections.models.add': REFUSED, 'models.bulk': inPart }),
    );
    const scope = { ...scopeOf(), calls: { made: 0, limit: 10 } };
    const members: Members = { kind: 'models', ids: [model('m')] };
    expect(await request(scope).collections.editMembers('add', COL, members)).toMatchObject({
      unchangedIds: ['m'],
    });
    expect(sent.at(-1)).toBe('GET /models/m');
  });
});

test('an edit of members of a collection that is gone names the collection', async () => {
  const gone = failed(status(404));
  const { request } = openAccount(except({ 'collections.assets.add': gone, 'collections.retrieve': gone }));
  const edit = request().collections.editMembers('add', COL, { kind: 'assets', ids: [asset('a')] });
  expect(await errorOf(edit)).toMatchObject({
    code: 'NOT_FOUND',
    message: 'There is no collection "col_1".',
  });
});
