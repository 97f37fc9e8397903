import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ListReader } from '../support/list-reader.ts';
import { END_FORMS, idsUpTo, OffsetList } from '../support/offset-list.ts';

const LENGTHS = [0, 1, 99, 100, 101, 237, 500];

const first = fc.integer({ min: 1, max: 150 });
const length = fc.oneof(fc.constantFrom(...LENGTHS), fc.integer({ min: 0, max: 320 }));
const end = fc.constantFrom(...END_FORMS);

describe('a walk gives each collection once and in order', () => {
  test('from the start to the end, for every size of slice, each length and each form of end', async () => {
    const wrong: string[] = [];
    for (const form of END_FORMS) {
      for (const count of LENGTHS) {
        const all = idsUpTo(count);
        const reader = new ListReader(new OffsetList(all, { end: form }));
        for (let size = 1; size <= 150; size += 1) {
          const ids = await reader.readToEnd(size, null);
          if (ids.join() !== all.join()) wrong.push(`${form} ${count} ${size}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test.each(END_FORMS)('from every edge, where the list ends with its token %s', async (form) => {
    const wrong: string[] = [];
    for (const [count, size] of [
      [101, 1],
      [99, 10],
      [100, 100],
      [101, 100],
      [237, 7],
      [237, 150],
      [500, 149],
    ] as const) {
      const reader = new ListReader(new OffsetList(idsUpTo(count), { end: form }));
      wrong.push(...(await wrongResumptions(reader, size)));
    }
    expect(wrong).toEqual([]);
  });

  test('whatever the length, the size of slices, the form of end, short pages and repeated rows', async () => {
    const manners = fc.record({ end, shortBy: fc.nat(40), overlap: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(length, first, manners, fc.nat(), async (count, size, deviations, pick) => {
        const all = idsUpTo(count);
        // One row a page that is a repeated one would never move on.
        const overlap = size - deviations.shortBy > 3 ? deviations.overlap : 0;
        const reader = new ListReader(new OffsetList(all, { ...deviations, overlap }));
        expect(await reader.readToEnd(size, null)).toEqual(all);
        const slice = await reader.read(size, null);
        if (slice.ids.length === 0) return;
        const edge = pick % slice.ids.length;
        expect(await reader.readToEnd(size, slice.cursorAt(edge))).toEqual(all.slice(edge + 1));
      }),
      { numRuns: 150 },
    );
  });

  test('also when the size of slices changes on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        length,
        fc.array(first, { minLength: 1, maxLength: 8 }),
        end,
        async (count, sizes, form) => {
          const all = idsUpTo(count);
          const reader = new ListReader(new OffsetList(all, { end: form }));
          const given: string[] = [];
          let cursor: string | null = null;
          for (const size of sizes) {
            const slice = await reader.read(size, cursor);
            given.push(...slice.ids);
            expect(slice.ids.length).toBeLessThanOrEqual(size);
            if (!slice.hasMore || slice.ids.length === 0) break;
            cursor = slice.cursorAt(slice.ids.length - 1);
          }
          expect(given).toEqual(all.slice(0, given.length));
        },
      ),
      { numRuns: 100 },
    );
  });
});

test('a slice of up to 100 from the edge of a page of its size is one call', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 0, max: 4 }),
      async (size, pages) => {
        const reader = new ListReader(new OffsetList(idsUpTo(600)));
        let cursor: string | null = null;
        for (let page = 0; page <= pages; page += 1) {
          const slice = await reader.read(size, cursor);
          expect(slice.calls).toBe(1);
          expect(slice.ids).toHaveLength(size);
          cursor = slice.cursorAt(size - 1);
        }
      },
    ),
    { numRuns: 50 },
  );
});

/** The edges from which a slice does not begin or end where it should, or whose own edges cannot be resumed. */
async function wrongResumptions(reader: ListReader, size: number): Promise<string[]> {
  const all = reader.list.ids;
  const wrong: string[] = [];
  let after: string | null = null;
  for (let offset = 0; offset < all.length; ) {
    const slice = await reader.read(size, after);
    for (const index of slice.ids.keys()) {
      const next = await reader.read(size, slice.cursorAt(index));
      const from = offset + index + 1;
      if (next.ids.join() !== all.slice(from, from + size).join())
        wrong.push(`${all.length} ${size} ${from}`);
      if (!next.hasMore && from + size < all.length) wrong.push(`${all.length} ${size} ${from} ends`);
    }
    offset += slice.ids.length;
    after = slice.cursorAt(slice.ids.length - 1);
  }
  return wrong;
}
