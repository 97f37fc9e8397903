import { expect, test } from 'vitest';
import { openFrontDoor } from '../support/front-door.ts';
import { END_FORMS } from '../support/offset-list.ts';
import { memberLists } from './member-lists.ts';
import { MemberSweep, SWEEP_SETTINGS } from './member-sweep.ts';

/** `MEMBER_SWEEP=whole` reads them in every way that there is, which takes most of an hour. */
const isWhole = process.env['MEMBER_SWEEP'] === 'whole';
const COUNTS = [0, 1, 49, 50, 99, 100, 101, 237, 500];
const SIZES = isWhole ? [...Array(150).keys()].map((index) => index + 1) : [7, 101];
const EDGE_STRIDE = isWhole ? 1 : 3;
const WAYS = [
  { field: 'assets', repeatsPublic: false },
  { field: 'models', repeatsPublic: false },
  { field: 'models', repeatsPublic: true },
] as const;
const CASES = END_FORMS.flatMap((end) =>
  WAYS.flatMap(({ field, repeatsPublic }) => COUNTS.map((count) => ({ count, field, end, repeatsPublic }))),
);
// No divisor of the number of lengths, so that the sample has each of them.
const CASE_STRIDE = isWhole ? 1 : 8;

test.each(CASES.filter((_, index) => index % CASE_STRIDE === 0))(
  'each of $count $field comes once and in order, from every edge, where lists end with $end (public ones twice: $repeatsPublic)',
  async ({ field, ...listing }) => {
    const members = memberLists(listing);
    const { query, upstream, gateway } = await openFrontDoor(members.answer, SWEEP_SETTINGS);
    const sweep = new MemberSweep(query, field, members[field]);
    let edges = 0;
    for (const first of SIZES) {
      edges += await sweep.check(first, EDGE_STRIDE);
      upstream.requests.length = 0;
      gateway.logLines.length = 0;
    }
    expect(edges).toBe(SIZES.length * Math.ceil(listing.count / EDGE_STRIDE));
  },
  isWhole ? 1_800_000 : 30_000,
);
