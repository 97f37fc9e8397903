import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { decodePageToken, encodePageToken } from '../../src/sandbox/page-token.ts';
import { collection } from './reference-shapes.ts';
import { openSandbox, type SandboxClient } from './sandbox-client.ts';

const tolerantPage = z.strictObject({
  collections: z.array(collection),
  nextPaginationToken: z.string().nullish(),
});
type Page = z.output<typeof tolerantPage>;

async function fetchPage(client: SandboxClient, pageSize: number, token?: string): Promise<Page> {
  const query = new URLSearchParams({ pageSize: String(pageSize) });
  if (token !== undefined) query.set('paginationToken', token);
  return tolerantPage.parse((await client.call('GET', `/collections?${query.toString()}`)).body);
}

/** Walks as a careful client does: it stops at no token, the same token again, and an empty page. */
async function walk(client: SandboxClient, pageSize: number): Promise<Page[]> {
  const pages: Page[] = [];
  let token: string | undefined;
  while (true) {
    const page = await fetchPage(client, pageSize, token);
    pages.push(page);
    const next = page.nextPaginationToken;
    if (!next || next === token || page.collections.length === 0) return pages;
    token = next;
  }
}

const rowsOf = (pages: Page[]) => pages.flatMap((page) => page.collections.map(({ id }) => id));

describe('paging', () => {
  test('pages hold 10 rows unless asked otherwise, newest first, and the last one carries no token', async () => {
    const client = await openSandbox({ seedCount: 25 });
    const first = await client.list();
    expect(first.collections).toHaveLength(10);
    const pages = await walk(client, 10);
    expect(pages.map((page) => page.collections.length)).toEqual([10, 10, 5]);
    expect(pages.at(-1)).not.toHaveProperty('nextPaginationToken');
    const dates = pages.flatMap((page) => page.collections.map(({ createdAt }) => createdAt));
    expect(dates).toEqual(dates.toSorted().toReversed());
    const created = await client.create();
    expect((await client.list()).collections[0]).toEqual(created);
  });

  test.each([0, 1, 9, 10, 11, 30])('a walk over %i rows gives each once', async (seedCount) => {
    const client = await openSandbox({ seedCount });
    const all = rowsOf([await fetchPage(client, 100)]);
    expect(all).toHaveLength(seedCount);
    for (const pageSize of [1, 3, 10, 100]) expect(rowsOf(await walk(client, pageSize))).toEqual(all);
  });

  test('a token keeps its own page size', async () => {
    const client = await openSandbox({ seedCount: 20 });
    const { nextPaginationToken } = await fetchPage(client, 4);
    const second = await fetchPage(client, 9, nextPaginationToken ?? undefined);
    expect(second.collections).toHaveLength(4);
  });

  test.each([
    'pageSize=0',
    'pageSize=101',
    'pageSize=-1',
    'pageSize=ten',
    'pageSize=',
    'paginationToken=',
    'paginationToken=abc',
  ])('%s is refused with 400', async (query) => {
    const client = await openSandbox();
    expect((await client.call('GET', `/collections?${query}`)).status).toBe(400);
  });

  test('a token that was not percent-encoded is refused', async () => {
    const client = await openSandbox({ seedCount: 3 });
    const { nextPaginationToken } = await fetchPage(client, 1);
    const { status } = await client.call('GET', `/collections?paginationToken=${nextPaginationToken}`);
    expect(status).toBe(400);
  });

  test('tokens are padded base64 with every character that needs encoding, and come back as they went', () => {
    const position = fc.record({ offset: fc.nat(), limit: fc.integer({ min: 1, max: 100 }) });
    fc.assert(
      fc.property(position, (sent) => {
        const token = encodePageToken(sent);
        expect(token).toMatch(/^[A-Za-z0-9+/]+=$|^[A-Za-z0-9+/]+==$/);
        expect(token).toMatch(/\+.*\/.*=/);
        expect(decodePageToken(token)).toEqual(sent);
      }),
    );
  });
});

describe('list faults', () => {
  test.each([
    ['absent', undefined],
    ['null', null],
    ['empty', ''],
  ] as const)('the end of the list can be told by a token that is %s', async (endOfList, token) => {
    const client = await openSandbox({ seedCount: 12, faults: { list: { endOfList } } });
    const pages = await walk(client, 5);
    expect(pages.map((page) => page.collections.length)).toEqual([5, 5, 2]);
    expect(pages.at(-1)?.nextPaginationToken).toBe(token);
  });

  test('the end of the list can be told by the same token again', async () => {
    const client = await openSandbox({ seedCount: 12, faults: { list: { endOfList: 'same-token' } } });
    const pages = await walk(client, 5);
    expect(pages.map((page) => page.collections.length)).toEqual([5, 5, 2]);
    expect(pages.at(-1)?.nextPaginationToken).toBe(pages.at(-2)?.nextPaginationToken);
    expect(rowsOf(await walk(client, 50))).toHaveLength(12);
  });

  test('the end of the list can be told by an empty page that still has a token', async () => {
    const client = await openSandbox({ seedCount: 10, faults: { list: { endOfList: 'empty-page' } } });
    const pages = await walk(client, 5);
    expect(pages.map((page) => page.collections.length)).toEqual([5, 5, 0]);
    const tokens = pages.map((page) => page.nextPaginationToken);
    expect(new Set(tokens).size).toBe(3);
    expect(tokens.at(-1)).toBeTruthy();
  });

  test('pages can be shorter than asked for, and lose no row', async () => {
    const client = await openSandbox({ seedCount: 12, faults: { list: { shortBy: 2 } } });
    const pages = await walk(client, 5);
    expect(pages.map((page) => page.collections.length)).toEqual([3, 3, 3, 3]);
    expect(new Set(rowsOf(pages)).size).toBe(12);
    expect((await walk(client, 1)).every((page) => page.collections.length === 1)).toBe(true);
  });

  test.each(['absent', 'same-token', 'empty-page'] as const)(
    'pages can begin with the last row of the former one (end: %s)',
    async (endOfList) => {
      const client = await openSandbox({ seedCount: 13, faults: { list: { repeatRows: true, endOfList } } });
      const pages = (await walk(client, 5)).filter((page) => page.collections.length > 0);
      expect(pages).toHaveLength(3);
      for (const [index, page] of pages.slice(1).entries()) {
        expect(page.collections[0]).toEqual(pages[index]?.collections.at(-1));
      }
      expect(new Set(rowsOf(pages)).size).toBe(13);
    },
  );
});
