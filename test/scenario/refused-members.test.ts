import { expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { oneCollection, openFrontDoor } from '../support/front-door.ts';
import { type Answer, json, type Reply } from '../support/scripted-upstream.ts';
import { wireAsset } from '../support/wire-members.ts';

const ADD = `mutation ($ids: [ID!]!) { result: addAssetsToCollection(input: { id: "col_1", assetIds: $ids }) {
  __typename ... on Error { code message }
  ... on PartiallyAppliedError { appliedIds failedIds unknownIds notAttemptedIds failures { id code message } } } }`;

const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `asset_${index}`);

/** A service in which every asset exists and none is in the collection, as far as its reads tell. */
function refusing(bad: Readonly<Record<string, Reply>>): Answer {
  return ({ method, path, body }) => {
    if (method === 'GET') return oneCollection();
    const parsed: unknown = JSON.parse(body);
    const assetIds = dig(parsed, 'assetIds');
    const ids = Array.isArray(assetIds) ? assetIds.map(String) : [];
    if (path.endsWith('/get-bulk')) return json({ assets: ids.map((id) => wireAsset({ id })) });
    const worst = ids.find((id) => bad[id]);
    return (worst === undefined ? undefined : bad[worst]) ?? oneCollection();
  };
}

const refused = (status: number, reason = 'No.') => json({ reason }, status);

test.each([
  [403, 'FORBIDDEN', 'The asset "asset_60" may not be used.'],
  [400, 'BAD_USER_INPUT', 'No.'],
  [422, 'BAD_USER_INPUT', 'No.'],
  [409, 'CONFLICT', 'No.'],
  [404, 'NOT_FOUND', 'There is no asset "asset_60".'],
])('an id that is refused with %i, and that nothing names, is found', async (status, code, message) => {
  const { query, upstream } = await openFrontDoor(refusing({ asset_60: refused(status) }));
  const ids = idsOf(98);
  const { body } = await query(ADD, { ids });
  expect(dig(body.data, 'result')).toEqual({
    __typename: 'PartiallyAppliedError',
    code,
    message,
    appliedIds: ids.filter((id) => id !== 'asset_60'),
    failedIds: ['asset_60'],
    unknownIds: [],
    notAttemptedIds: [],
    failures: [{ id: 'asset_60', code, message }],
  });
  expect(upstream.requests.length).toBeLessThanOrEqual(20);
});

test('each bad id has a reason of its own', async () => {
  const bad = { asset_3: refused(403), asset_50: refused(400, 'Too dark.') };
  const { query } = await openFrontDoor(refusing(bad));
  const { body } = await query(ADD, { ids: idsOf(60) });
  expect(dig(body.data, 'result')).toMatchObject({
    code: 'FORBIDDEN',
    failures: [
      { id: 'asset_3', code: 'FORBIDDEN' },
      { id: 'asset_50', code: 'BAD_USER_INPUT', message: 'Too dark.' },
    ],
  });
});

test('an edit in which everything is bad stops at the calls that it may make, and each id is in one list', async () => {
  const ids = idsOf(98);
  const bad = Object.fromEntries(ids.map((id) => [id, refused(403)]));
  const { query, upstream } = await openFrontDoor(refusing(bad), { MAX_UPSTREAM_CALLS: '10' });
  const { body } = await query(ADD, { ids });
  const result = dig(body.data, 'result');
  expect(result).toMatchObject({ code: 'LIMIT_EXCEEDED', appliedIds: [], unknownIds: [] });
  const told = ['failedIds', 'notAttemptedIds'].flatMap((list) => dig(result, list));
  expect(told).toHaveLength(ids.length);
  expect(new Set(told)).toEqual(new Set(ids));
  expect(upstream.requests).toHaveLength(12);
});

test('where the reads of members are refused too, the bad id is found all the same', async () => {
  const serve = refusing({ asset_7: refused(403) });
  const { query } = await openFrontDoor((request) =>
    request.path.endsWith('/get-bulk') ? refused(404) : serve(request),
  );
  const { body } = await query(ADD, { ids: idsOf(20) });
  expect(dig(body.data, 'result')).toMatchObject({
    appliedIds: idsOf(20).filter((id) => id !== 'asset_7'),
    failures: [{ id: 'asset_7', code: 'FORBIDDEN' }],
  });
});

test('a refusal that an outage keeps from being looked into is a report with its code', async () => {
  const serve = refusing({ asset_7: refused(400) });
  const { query } = await openFrontDoor((request) =>
    request.method === 'GET' ? refused(501) : serve(request),
  );
  const { body } = await query(ADD, { ids: idsOf(60) });
  expect(dig(body.data, 'result')).toMatchObject({
    __typename: 'PartiallyAppliedError',
    code: 'UPSTREAM_UNAVAILABLE',
    failedIds: idsOf(49),
    notAttemptedIds: idsOf(60).slice(49),
  });
});

test('a read of members that answers another call tells nothing of the ids', async () => {
  const serve = refusing({ asset_7: refused(400) });
  const { query } = await openFrontDoor((request) =>
    request.path.endsWith('/get-bulk')
      ? json({ assets: [wireAsset({ id: 'asset_other' })] })
      : serve(request),
  );
  const { body } = await query(ADD, { ids: idsOf(20) });
  expect(dig(body.data, 'result')).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', failedIds: idsOf(20) });
});

test("the upstream's own words end before the gateway's begin", async () => {
  const { query } = await openFrontDoor(({ method, path }) => {
    if (method === 'PUT') return json({ reason: 'already part of it' }, 400);
    if (path !== '/v1/assets/get-bulk') return oneCollection();
    return json({ assets: ['a', 'b'].map((id) => wireAsset({ id })) });
  });
  const { body } = await query(
    'mutation { add: addAssetsToCollection(input: { id: "col_1", assetIds: ["a", "b"] }) { ... on Error { message } } }',
  );
  expect(body.data).toEqual({ add: { message: 'already part of it. 1 more failed.' } });
});
