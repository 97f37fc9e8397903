import { describe, expect, test } from 'vitest';
import type { NotedPatch } from '../../src/cache/index/patch.ts';
import type { Call, CallResult } from '../../src/http/call.ts';
import type { Collection, CollectionChange } from '../../src/scenario/collections/collection.ts';
import { CollectionsApi } from '../../src/scenario/collections/collections-api.ts';
import { parseId } from '../../src/scenario/parse-input.ts';
import { openMemory } from '../cache/open-memory.ts';
import { scopeOf } from '../http/calls.ts';
import { failed, status, timedOut } from '../http/open-calls.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { answered } from './open-account.ts';

const COL = parseId('Collection', 'col_1', []);
const ASSET = parseId('Asset', 'asset_2', []);
const LOST = failed(status(500), true);
const LATE = failed(timedOut('attempt', 5_000), true);

const shown = (fields: Record<string, unknown> = {}): CallResult =>
  answered({ collection: wireCollection(fields) });

const titled = (name: string) => expect.objectContaining({ typename: 'Collection', id: 'col_1', name });

/** Calls that come to these, in their order, and what they tell the index. */
function openApi(...results: readonly CallResult[]) {
  const sent: string[] = [];
  const notes: Array<NotedPatch<Collection>> = [];
  const send = async (call: Call): Promise<CallResult> => {
    sent.push(call.method);
    return results[sent.length - 1] ?? failed({ kind: 'call-limit', limit: 0 });
  };
  const note = async (noted: NotedPatch<Collection>): Promise<void> => {
    await Promise.resolve();
    notes.push(noted);
  };
  const scope = scopeOf();
  const api = new CollectionsApi({ send, memory: openMemory() }, { note, has: () => false });
  const patches = () => notes.map(({ patch, isSettled }) => [patch.kind, isSettled]);
  return { api, scope, sent, notes, patches };
}

describe('a fresh read', () => {
  test('tells the index what it shows', async () => {
    const { api, scope, notes } = openApi(shown());
    await api.getFresh(COL, scope);
    expect(notes).toEqual([
      { patch: { kind: 'seen', item: titled('Forest props') }, isSettled: true, tookMs: 0 },
    ]);
  });

  test('tells the index that the collection is gone', async () => {
    const { api, scope, notes } = openApi(failed(status(404)));
    await api.getFresh(COL, scope);
    expect(notes).toEqual([{ patch: { kind: 'removed', id: COL }, isSettled: true, tookMs: 0 }]);
  });

  test('that fails tells nothing', async () => {
    const { api, scope, notes } = openApi(failed(status(500)));
    expect(await api.getFresh(COL, scope)).toMatchObject({ ok: false });
    expect(notes).toEqual([]);
  });
});

describe('a create', () => {
  test('adds the collection to the index', async () => {
    const { api, scope, notes } = openApi(shown({ name: 'new' }));
    expect(await api.create('new', scope)).toEqual({ kind: 'applied', value: titled('new') });
    expect(notes).toMatchObject([{ patch: { kind: 'added', item: { name: 'new' } }, isSettled: true }]);
    expect(scope.tally.unconfirmed).toBe(0);
  });

  test('whose answer was lost is neither repeated nor looked for, but counted', async () => {
    const { api, scope, sent } = openApi(LATE);
    expect(await api.create('new', scope)).toMatchObject({
      kind: 'unknown',
      write: { endpoint: 'collections.create', collectionId: null, name: 'new' },
    });
    expect([sent, scope.tally.unconfirmed]).toEqual([['POST'], 1]);
  });
});

const thumbnailOf = (assetId: string) => ({ thumbnail: { assetId, url: 'https://x.example/' } });

describe('an update', () => {
  const change: CollectionChange = { name: 'new', thumbnail: ASSET };

  test('is told to the index as what the answer shows', async () => {
    const { api, scope, patches, sent } = openApi(shown({ name: 'new' }));
    expect(await api.update(COL, change, scope)).toEqual({ kind: 'applied', value: titled('new') });
    expect([patches(), sent]).toEqual([[['changed', true]], ['PUT']]);
  });

  test.each<[what: string, change: CollectionChange, fields: Record<string, unknown>, isSeen: boolean]>([
    ['the name', { name: 'new' }, { name: 'new' }, true],
    ['another name', { name: 'new' }, { name: 'old' }, false],
    ['the thumbnail', { thumbnail: ASSET }, thumbnailOf('asset_2'), true],
    ['another thumbnail', { thumbnail: ASSET }, thumbnailOf('asset_1'), false],
    ['no thumbnail', { thumbnail: ASSET }, { thumbnail: null }, false],
    ['a thumbnail that cannot be read', { thumbnail: ASSET }, { thumbnail: 7 }, false],
    ['that the thumbnail is gone', { thumbnail: null }, { thumbnail: null }, true],
    ['that a thumbnail is still there', { thumbnail: null }, thumbnailOf('asset_1'), false],
    ['a thumbnail that cannot be read in place of none', { thumbnail: null }, { thumbnail: 7 }, false],
    ['both', change, { name: 'new', ...thumbnailOf('asset_2') }, true],
    ['one of both', change, { name: 'new', ...thumbnailOf('asset_1') }, false],
    ['the other of both', change, { name: 'old', ...thumbnailOf('asset_2') }, false],
  ])('whose answer was lost is settled by a read that shows %s', async (_what, wanted, fields, isSeen) => {
    const { api, scope, sent } = openApi(LOST, shown(fields));
    const outcome = await api.update(COL, wanted, scope);
    expect([outcome.kind, sent]).toEqual([isSeen ? 'applied' : 'unknown', ['PUT', 'GET']]);
    expect(scope.tally.unconfirmed).toBe(isSeen ? 0 : 1);
  });

  test('that stays unknown may have been made, or may be later: what was read to settle it tells nothing', async () => {
    const { api, scope, notes, patches } = openApi(LOST, shown({ name: 'old' }));
    expect(await api.update(COL, change, scope)).toMatchObject({
      write: { endpoint: 'collections.update', collectionId: COL, name: 'new' },
    });
    expect(patches()).toEqual([
      ['unknown', false],
      ['seen', true],
      ['unknown', false],
    ]);
    expect(notes.at(-1)).toEqual({ patch: { kind: 'unknown', id: COL }, isSettled: false, tookMs: 0 });
  });

  test('without a name tells none of it', async () => {
    const { api, scope } = openApi(LOST, failed(status(500)));
    const outcome = await api.update(COL, { thumbnail: null }, scope);
    if (outcome.kind !== 'unknown') throw new Error('It is known.');
    expect(outcome.write).not.toHaveProperty('name');
  });

  test('of what is gone has changed nothing', async () => {
    const { api, scope, sent } = openApi(LATE, failed(status(404)));
    expect(await api.update(COL, change, scope)).toMatchObject({
      kind: 'not-applied',
      failure: { status: 404 },
    });
    expect([sent, scope.tally.unconfirmed]).toEqual([['PUT', 'GET'], 0]);
  });

  test('is repeated after a timeout when a read does not show it, but not when nothing can be read', async () => {
    const seen = openApi(LATE, shown({ name: 'old' }), shown({ name: 'new' }));
    expect((await seen.api.update(COL, change, seen.scope)).kind).toBe('applied');
    expect(seen.sent).toEqual(['PUT', 'GET', 'PUT']);
    const unread = openApi(LATE, failed(status(500)));
    expect((await unread.api.update(COL, change, unread.scope)).kind).toBe('unknown');
    expect(unread.sent).toEqual(['PUT', 'GET']);
  });
});

const DELETION = { endpoint: 'collections.delete', collectionId: COL };

describe('a deletion', () => {
  test.each([
    ['nothing', answered(undefined)],
    ['an empty list', answered([])],
    ['a word of success', answered({ deleted: true })],
    ['"not found" after an unclear try', failed(status(404), true)],
  ])('that is answered with %s is done, and told to the index', async (_what, result) => {
    const { api, scope, notes, sent } = openApi(result);
    expect(await api.delete(COL, scope)).toEqual({ kind: 'applied', value: null });
    expect(notes).toMatchObject([{ patch: { kind: 'removed', id: COL }, isSettled: result.ok }]);
    expect(sent).toEqual(['DELETE']);
  });

  test.each(['<p>done', 5, true, [{}], { reason: 'No.' }, { success: false }, { deleted: false }])(
    'that is answered with %j is confirmed by a read alone',
    async (body) => {
      const gone = openApi(answered(body), failed(status(404)));
      expect(await gone.api.delete(COL, gone.scope)).toEqual({ kind: 'applied', value: null });
      const there = openApi(answered(body), shown());
      expect(await there.api.delete(COL, there.scope)).toMatchObject({ kind: 'unknown' });
      expect(there.sent).toEqual(['DELETE', 'GET']);
    },
  );

  test.each([
    ['"not found" at once', failed(status(404))],
    ['"forbidden"', failed(status(403))],
  ])('that is answered with %s was not made', async (_what, result) => {
    const { api, scope, notes } = openApi(result);
    expect(await api.delete(COL, scope)).toMatchObject({ kind: 'not-applied' });
    expect(notes).toEqual([]);
  });

  test.each<[what: string, read: CallResult, kind: string]>([
    ['does not find the collection', failed(status(404)), 'applied'],
    ['still finds it', shown(), 'unknown'],
    ['fails', failed(status(500)), 'unknown'],
  ])('whose answer was lost is settled by a read that %s', async (_what, read, kind) => {
    const { api, scope, sent, notes } = openApi(LOST, read);
    const outcome = await api.delete(COL, scope);
    expect(outcome.kind).toBe(kind);
    expect(outcome.kind === 'unknown' ? outcome.write : DELETION).toMatchObject(DELETION);
    expect(sent).toEqual(['DELETE', 'GET']);
    expect(scope.tally.unconfirmed).toBe(kind === 'unknown' ? 1 : 0);
    expect(notes.at(-1)?.patch.kind).toBe(kind === 'unknown' ? 'unknown' : 'removed');
  });

  test('is repeated after a timeout when a read still finds it, but not when nothing can be read', async () => {
    const seen = openApi(LATE, shown(), answered(null));
    expect((await seen.api.delete(COL, seen.scope)).kind).toBe('applied');
    expect(seen.sent).toEqual(['DELETE', 'GET', 'DELETE']);
    const unread = openApi(LATE, failed(status(500)));
    expect((await unread.api.delete(COL, unread.scope)).kind).toBe('unknown');
    expect(unread.sent).toEqual(['DELETE', 'GET']);
  });
});

test('an edit of members is one call, which whoever sends it settles', async () => {
  const { api, scope, sent, patches } = openApi(LATE);
  expect(await api.editMembers('remove', 'models', COL, ['model_1'], scope)).toMatchObject({
    kind: 'unknown',
    write: { endpoint: 'collections.models.remove', collectionId: COL },
  });
  expect([sent, patches(), scope.tally.unconfirmed]).toEqual([['DELETE'], [['unknown', false]], 0]);
});

test('a write that can be settled leaves time for the read that settles it', async () => {
  const budgets: number[] = [];
  const send = async (_call: Call, { deadline }: { deadline: { remainingMs: number } }) => {
    budgets.push(Math.round(deadline.remainingMs / 1_000));
    return shown();
  };
  const api = new CollectionsApi({ send, memory: openMemory() }, { note: async () => {}, has: () => false });
  await api.create('new', scopeOf(100_000));
  await api.update(COL, { name: 'new' }, scopeOf(100_000));
  await api.delete(COL, scopeOf(100_000));
  await api.editMembers('add', 'assets', COL, ['asset_1'], scopeOf(100_000));
  expect(budgets).toEqual([100, 90, 90, 90]);
});
