import { expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';

const REFUSAL = '{ ... on InvalidInputError { message issues { path message } } }';

const INPUTS: ReadonlyArray<readonly [mutation: string, input: object, places: readonly string[]]> = [
  ['createCollection', { name: ' ', idempotencyKey: '' }, ['name', 'idempotencyKey']],
  ['updateCollection', { id: 'a/b', name: ' ', thumbnailAssetId: '..' }, ['id', 'name', 'thumbnailAssetId']],
  [
    'addAssetsToCollection',
    { id: 'a/b', assetIds: ['x/y', 'asset_1', btoa('Model:m')] },
    ['id', 'assetIds.0', 'assetIds.2'],
  ],
  ['removeModelsFromCollection', { id: '..', modelIds: [] }, ['id', 'modelIds']],
];

async function refuse(mutation: string, input: object) {
  const { query, wire } = await openFrontDoor(everyCollection);
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { result: ${mutation}(input: $input) ${REFUSAL} }`;
  const { body } = await query(document, { input });
  expect(wire()).toEqual([]);
  const issues = dig(body.data, 'result', 'issues');
  if (!Array.isArray(issues)) throw new Error('no issues');
  return issues.map((issue) => ({ place: dig(issue, 'path'), message: String(dig(issue, 'message')) }));
}

test.each(INPUTS)('%s names all that is wrong with its input at once', async (mutation, input, places) => {
  const issues = await refuse(mutation, input);
  expect(issues.map(({ place }) => place)).toEqual(places.map((place) => ['input', ...place.split('.')]));
});

test('of many wrong ids the first ten are named, and the tenth says how many more there are', async () => {
  const assetIds = Array.from({ length: 900 }, (_, index) => `bad/${index}`);
  const issues = await refuse('addAssetsToCollection', { id: 'col_1', assetIds });
  expect(issues).toHaveLength(10);
  const told = issues.map(({ message }) => message.includes('890 more'));
  expect(told).toEqual([...Array<boolean>(9).fill(false), true]);
});
