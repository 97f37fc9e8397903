import { expect, test } from 'vitest';
import { inTurn, oneCollection, openFrontDoor } from '../../support/front-door.ts';
import { json } from '../../support/scripted-upstream.ts';

const ADD =
  'mutation ($ids: [ID!]!) { add: addAssetsToCollection(input: { id: "col_1", assetIds: $ids }) { ... on PartiallyAppliedError { code message retryAfterMs } } }';
const ids = (count: number) => Array.from({ length: count }, (_, index) => `asset_${index}`);

test('a bulk edit that is stopped by a 429 tells when to go on, as data, in words and as a header', async () => {
  const { query } = await openFrontDoor(inTurn(oneCollection(), json({}, 429, { 'retry-after': '31' })));
  const { body, headers } = await query(ADD, { ids: ids(98) });
  expect(body).toEqual({
    data: {
      add: {
        code: 'RATE_LIMITED',
        message: 'The Scenario API is being called too often. Wait 31 s before the next request.',
        retryAfterMs: 31_000,
      },
    },
  });
  expect(headers.get('retry-after')).toBe('31');
});

test('a bulk edit that an id stopped tells of no wait', async () => {
  const { query } = await openFrontDoor(({ method, path }) => {
    if (method === 'PUT') return json({ reason: 'no such asset' }, 404);
    return path === '/v1/assets/get-bulk' ? json({ assets: [] }) : oneCollection();
  });
  const { body, headers } = await query(ADD, { ids: ids(1) });
  expect(body).toMatchObject({ data: { add: { code: 'NOT_FOUND', retryAfterMs: null } } });
  expect(headers.get('retry-after')).toBeNull();
});
