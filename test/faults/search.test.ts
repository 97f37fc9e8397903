import { expect, test } from 'vitest';
import { finding, idsUpTo } from '../contents/search/finding.ts';
import { PICK, pick } from '../contents/search/pick.ts';
import { openFrontDoor } from '../support/front-door.ts';
import { json } from '../support/scripted-upstream.ts';

test('a search that finds forever what is not there ends within what an operation may call', async () => {
  const { query, upstream } = await openFrontDoor(
    finding(idsUpTo(5_000), ({ path }) => (path === '/v1/assets/get-bulk' ? json({ assets: [] }) : null)),
  );
  expect((await pick(query, { filter: { text: 'x' }, first: 100 })).codes).toEqual(['LIMIT_EXCEEDED']);
  expect(upstream.requests).toHaveLength(2 + 30);
});

test('a page that fails leaves what came before it, and a cursor that resumes there', async () => {
  for (const path of ['/v1/search/assets', '/v1/assets/get-bulk']) {
    let isFailing = true;
    const { query } = await openFrontDoor(
      finding(idsUpTo(150), (request) => {
        const isLater = /asset_100|"offset":100/.test(request.body);
        return isFailing && isLater && request.path === path ? json({}, 501) : null;
      }),
    );
    const filter = { text: 'x' };
    const partial = await pick(query, { filter, first: 150 });
    expect([partial.ids, partial.codes, partial.hasNextPage]).toEqual([
      idsUpTo(100),
      ['UPSTREAM_UNAVAILABLE'],
      true,
    ]);
    const still = await pick(query, { filter, first: 150, after: partial.endCursor });
    expect(still).toMatchObject({ ids: [], codes: ['UPSTREAM_UNAVAILABLE'], endCursor: partial.endCursor });
    isFailing = false;
    const rest = await pick(query, { filter, first: 150, after: partial.endCursor });
    expect([rest.ids, rest.hasNextPage]).toEqual([idsUpTo(150).slice(100), false]);
  }
});

test.each([402, 403, 429])(
  'the quota of searches is told as such under status %i, and not asked again',
  async (status) => {
    const { query, upstream } = await openFrontDoor(() =>
      json({ error: 'Quota exceeded for search', code: 'QUOTA_EXCEEDED' }, status),
    );
    const answer = await query(PICK, { filter: { text: 'x' } });
    expect(answer.body.errors).toMatchObject([
      {
        message: expect.stringContaining('no more searches'),
        extensions: { code: 'QUOTA_EXCEEDED', retryable: false },
      },
    ]);
    expect(upstream.requests).toHaveLength(1);
    expect(answer.body.data).toBeNull();
  },
);
