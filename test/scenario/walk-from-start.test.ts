import { describe, expect, test } from 'vitest';
import { idsUpTo, OffsetList } from '../support/offset-list.ts';
import { behind, DOWN, moved, open, openLists } from './open-lists.ts';

describe('from a position of small pages a walk', () => {
  test('starts over in large pages where that takes fewer, and finds its place by the rows that it knows', async () => {
    const { walk, fetched, upstream } = open(300);
    const position = await behind(walk, 12, 4);
    fetched.length = 0;
    expect(await walk(position, 50)).toMatchObject({ ids: idsUpTo(300).slice(12, 62), hasMore: true });
    expect(fetched).toEqual(['0 start 100']);
    upstream.ids = ['new_1', ...idsUpTo(300)];
    expect((await walk(position, 50)).ids).toEqual(idsUpTo(300).slice(12, 62));
  });

  test('goes on in small pages where that takes no more', async () => {
    const { walk, fetched } = open(300);
    const position = await behind(walk, 12, 4);
    fetched.length = 0;
    expect((await walk(position, 4)).ids).toEqual(idsUpTo(300).slice(12, 16));
    expect(fetched).toEqual(['0 12:4 4']);
  });

  test('goes on by its token where none of the rows that it knows is there any more', async () => {
    const { walk, upstream, fetched } = open(120);
    const position = await behind(walk, 12, 4);
    upstream.ids = idsUpTo(120).map((id, index) => (index < 12 ? `new_${index}` : id));
    fetched.length = 0;
    expect((await walk(position, 30)).ids).toEqual(idsUpTo(120).slice(12, 42));
    expect(fetched.slice(0, 2)).toEqual(['0 start 100', '0 12:4 4']);
  });

  test('looks for its place no further than it lies, and never in a later list', async () => {
    const first = new OffsetList(idsUpTo(800));
    const { walk, fetched } = openLists(first, new OffsetList(['x']));
    const position = await behind(walk, 120, 4);
    first.ids = idsUpTo(800).map((id, index) => (index < 120 ? `new_${index}` : id));
    fetched.length = 0;
    expect((await walk(position, 60)).ids).toEqual(idsUpTo(800).slice(120, 180));
    expect(fetched.slice(0, 3)).toEqual(['0 start 100', '0 100:100 100', '0 120:4 4']);

    first.ids = first.ids.slice(0, 99);
    fetched.length = 0;
    expect((await walk(position, 60)).ids).toEqual(['x']);
    expect(fetched[1]).toBe('0 120:4 4');
  });

  test('goes on by its token where those rows have moved to a later list', async () => {
    const first = new OffsetList(idsUpTo(120));
    const known = idsUpTo(12).slice(4);
    const { walk, fetched } = openLists(first, new OffsetList([...known, 'x']));
    const position = await behind(walk, 12, 4);
    first.ids = idsUpTo(120).filter((id) => !known.includes(id));
    fetched.length = 0;
    const { ids } = await walk(position, 30);
    expect(ids).toEqual(idsUpTo(120).slice(20, 50));
    expect(fetched).toContain('0 12:4 4');
  });

  test('loses nothing where one of those rows has moved to a later page', async () => {
    const { walk, upstream } = open(300);
    const position = await behind(walk, 12, 4);
    for (const to of [150, 250]) {
      upstream.ids = moved(idsUpTo(300), 8, to);
      expect((await walk(position, 300)).ids).toEqual(idsUpTo(300).slice(12));
    }
  });

  test('loses nothing where one of those rows has moved to the end of its own page', async () => {
    const { walk, upstream } = open(40);
    const position = await behind(walk, 15, 10);
    upstream.ids = moved(idsUpTo(40), 12, 35);
    expect((await walk(position, 40)).ids).toEqual(idsUpTo(40).slice(15));
  });

  test('gives nothing twice where some of those rows have moved to the front, pages before the others', async () => {
    const { walk, upstream } = open(300);
    const position = await behind(walk, 150, 10);
    for (const index of [147, 149, 146]) {
      upstream.ids = moved(upstream.ids, upstream.ids.indexOf(`col_${index}`), 0);
      expect((await walk(position, 100)).ids).toEqual(idsUpTo(300).slice(150, 250));
    }
  });

  test('finds its place by the few of those rows that are left', async () => {
    const { walk, upstream, fetched } = open(400);
    const position = await behind(walk, 198, 6);
    upstream.ids = idsUpTo(400).filter((_, index) => index < 192 || index >= 196);
    fetched.length = 0;
    expect((await walk(position, 90)).ids).toEqual(idsUpTo(400).slice(198, 288));
    expect(fetched).toEqual(['0 start 100', '0 100:100 100', '0 200:100 100']);
  });

  test('finds its place pages before it where most of those rows stand there', async () => {
    const { walk, upstream } = open(400);
    const position = await behind(walk, 250, 10);
    upstream.ids = idsUpTo(400).filter((_, index) => index >= 200 && index !== 244);
    expect((await walk(position, 100)).ids).toEqual(idsUpTo(400).slice(250, 350));
  });

  test('gives up where the first page fails', async () => {
    const { walk, state, fetched } = open(120);
    const position = await behind(walk, 12, 4);
    state.failing = true;
    fetched.length = 0;
    expect(await walk(position, 50)).toMatchObject({ ids: [], hasMore: true, failure: DOWN });
    expect(fetched).toHaveLength(1);
  });

  test('passes over what was inserted within the rows that it knows, also across large pages', async () => {
    const { walk, upstream } = open(300);
    const position = await behind(walk, 101, 9);
    upstream.ids = idsUpTo(300).toSpliced(100, 0, 'new_1');
    expect((await walk(position, 95)).ids).toEqual(idsUpTo(300).slice(101, 196));
  });

  test('gives nothing twice where large pages overlap', async () => {
    for (const rows of [99, 100, 101]) {
      const { walk, upstream } = open(300);
      const position = await behind(walk, rows, 9);
      const overlapping = openLists(new OffsetList(upstream.ids, { overlap: 3 }));
      expect((await overlapping.walk(position, 95)).ids).toEqual(idsUpTo(300).slice(rows, rows + 95));
    }
  });

  test('finds a place that lies at the end of a large page', async () => {
    const { walk, fetched } = open(300);
    for (const rows of [99, 100, 101]) {
      const position = await behind(walk, rows, 9);
      fetched.length = 0;
      expect((await walk(position, 95)).ids).toEqual(idsUpTo(300).slice(rows, rows + 95));
      expect(fetched.slice(0, 2)).toEqual(['0 start 100', '0 100:100 100']);
    }
  });
});
