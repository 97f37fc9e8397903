import { describe, expect, test } from 'vitest';
import { assetsOf, idsOf, walk } from './library-client.ts';
import { errorAnswer } from './reference-shapes.ts';
import { openSandbox } from './sandbox-client.ts';
import { found } from './search-client.ts';

describe('a filter', () => {
  test('compares, joins, excludes and nests', async () => {
    const client = await openSandbox();
    const all = await walk(assetsOf, client, { sortBy: 'createdAt', pageSize: '100' });
    const expected = (isWanted: (asset: (typeof all)[number]) => boolean) =>
      idsOf(all.filter(isWanted)).slice(0, 100);
    const cases: [string, (asset: (typeof all)[number]) => boolean][] = [
      ['kind = video', ({ kind }) => kind === 'video'],
      ['kind = \'video\' OR kind = "audio"', ({ kind }) => kind === 'video' || kind === 'audio'],
      ['kind IN [video, "audio"]', ({ kind }) => kind === 'video' || kind === 'audio'],
      ['NOT kind = image', ({ kind }) => kind !== 'image'],
      ['kind NOT IN [image]', ({ kind }) => kind !== 'image'],
      ['kind != "image" and tags = creature', (a) => a.kind !== 'image' && a.tags.includes('creature')],
      [
        'kind = video AND (tags = hero OR tags = creature)',
        (a) => a.kind === 'video' && (a.tags.includes('hero') || a.tags.includes('creature')),
      ],
      [
        'kind = video AND tags = hero OR kind = audio',
        (a) => (a.kind === 'video' && a.tags.includes('hero')) || a.kind === 'audio',
      ],
      ['tags IS EMPTY AND NOT kind = image', (a) => a.tags.length === 0 && a.kind !== 'image'],
      ['tags IS NOT EMPTY AND kind = video', (a) => a.tags.length > 0 && a.kind === 'video'],
      ['width > 1536', (a) => (a.properties.width ?? 0) > 1536],
      ['width <= 720 AND kind=video', (a) => (a.properties.width ?? 9999) <= 720 && a.kind === 'video'],
      ['createdAt >= "2025-11-01T00:00:00Z"', ({ createdAt }) => createdAt >= '2025-11-01'],
      ['privacy = public', ({ privacy }) => privacy === 'public'],
    ];
    for (const [filter, isWanted] of cases) {
      const ids = expected(isWanted);
      expect([filter, ids.length > 0, await found(client, filter)]).toEqual([filter, true, ids]);
    }
  });

  test('takes quoted values with everything that needs an escape, and lets none break out', async () => {
    const client = await openSandbox({ seedCount: 1, seedAssets: 2 });
    const [collection] = (await client.list()).collections;
    expect(await found(client, `collectionIds = "${collection?.id}"`)).toHaveLength(2);
    expect(await found(client, String.raw`tags = "a \" OR kind = \"image"`)).toEqual([]);
    expect(await found(client, String.raw`tags = 'it\'s \\ here' OR tags = "ünïcode 🐉"`)).toEqual([]);
  });

  test.each([
    'kind =',
    'kind = image AND',
    'kind image',
    '(kind = image',
    'kind = image)',
    'kind = "image',
    'kind = image tags = hero',
    'kind IN []',
    'kind IS FULL',
    '= image',
    'kind ! image',
    'kind = "image" "video"',
  ])('that reads %j is refused as bad syntax', async (filter) => {
    const client = await openSandbox();
    const { status, body } = await client.call('POST', '/search/assets', { body: { filter } });
    expect([status, errorAnswer.parse(body).reason]).toEqual([400, 'Invalid filter syntax']);
  });

  test('names a field that is not filterable', async () => {
    const client = await openSandbox();
    const { status, body } = await client.call('POST', '/search/assets', {
      body: { filter: 'status = error' },
    });
    expect([status, errorAnswer.parse(body).reason]).toEqual([400, 'status is not a filterable field']);
  });
});
