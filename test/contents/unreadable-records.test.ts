import { expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { codesOf, oneCollection, openFrontDoor } from '../support/front-door.ts';
import { type Answer, json } from '../support/scripted-upstream.ts';
import { wireAsset } from '../support/wire-members.ts';

const NAMELESS: readonly unknown[] = [{}, null, 'asset_2', []];
const MEMBER = { collectionIds: ['col_1'] };

/** A service whose bulk reads hold these records, and which refuses to add what is in the collection already. */
const holding =
  (assets: readonly unknown[]): Answer =>
  ({ method, path }) => {
    if (path.endsWith('/get-bulk')) return json({ assets });
    if (method === 'PUT') return json({ reason: 'One or more assets are already part of it' }, 400);
    const id = path.split('/').at(-1);
    return path.includes('/assets/') ? json({ asset: wireAsset({ id, ...MEMBER }) }) : oneCollection();
  };

test.each(NAMELESS)(
  'whoever did not come beside the record %j may be it: nobody is told to be absent',
  async (record) => {
    const { query, wire } = await openFrontDoor(holding([wireAsset({ id: 'asset_1', ...MEMBER }), record]));
    const answer =
      await query(`{ here: asset(id: "asset_1") { scenarioId } other: asset(id: "asset_2") { scenarioId }
      collection(id: "col_1") { sure: containsAssets(assetIds: ["asset_1"]) unsure: containsAssets(assetIds: ["asset_1", "asset_2"]) } }`);
    expect(answer.body.data).toEqual({
      here: { scenarioId: 'asset_1' },
      other: null,
      collection: { sure: [true], unsure: null },
    });
    expect(codesOf(answer)).toEqual(['UPSTREAM_BAD_RESPONSE', 'UPSTREAM_BAD_RESPONSE']);
    expect(wire().filter((line) => line.includes('get-bulk'))).toHaveLength(1);
  },
);

const ADD = `mutation { result: addAssetsToCollection(input: { id: "col_1", assetIds: ["asset_1", "asset_2"] }) {
  ... on AddAssetsToCollectionPayload { addedIds alreadyPresentIds }
  ... on PartiallyAppliedError { failures { id code } } } }`;

test.each([
  ['without their collections', ['asset_1', 'asset_2'].map((id) => ({ id }))],
  ['without even an id', [{}, null]],
])(
  'members whose records come %s are present all the same when they are added again',
  async (_what, records) => {
    const { query } = await openFrontDoor(holding(records));
    const { body } = await query(ADD);
    expect(dig(body.data, 'result')).toEqual({ addedIds: [], alreadyPresentIds: ['asset_1', 'asset_2'] });
  },
);
