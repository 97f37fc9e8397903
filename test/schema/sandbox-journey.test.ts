import { describe, expect, onTestFinished, test } from 'vitest';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { dig } from '../support/dig.ts';
import { startGateway } from '../support/gateway.ts';
import { END_FORMS } from '../support/offset-list.ts';
import { walkToEnd } from '../support/slices.ts';

/** A gateway before the sandbox, which is strict where the service is. */
async function openSandbox(options: SandboxOptions) {
  const sandbox = await startSandbox(options);
  const gateway = await startGateway(sandbox.url, {
    SCENARIO_SDK_API_KEY: sandbox.credentials.key,
    SCENARIO_SDK_API_SECRET: sandbox.credentials.secret,
  });
  onTestFinished(async () => {
    await gateway.stop();
    await sandbox.close();
  });
  return gateway;
}

const FIELDS = 'id name assetCount modelCount itemCount thumbnail { assetId }';
const REFUSAL = '... on Error { __typename code }';

test('a collection lives from its creation to its end', async () => {
  const { query } = await openSandbox({ seedCount: 0 });
  const change = async (field: string, input: string) => {
    const payload = `${field.charAt(0).toUpperCase()}${field.slice(1)}Payload`;
    const { body } = await query(
      `mutation { result: ${field}(input: { ${input} }) { ... on ${payload} { collection { ${FIELDS} } } ${REFUSAL} } }`,
    );
    expect(body.errors).toBeUndefined();
    return dig(body.data, 'result', 'collection') ?? dig(body.data, 'result');
  };
  const created = await change('createCollection', 'name: "Props"');
  const id = String(dig(created, 'id'));
  expect(created).toEqual({ id, name: 'Props', assetCount: 0, modelCount: 0, itemCount: 0, thumbnail: null });

  const it = `id: "${id}"`;
  expect(await change('updateCollection', `${it}, name: "Forest props"`)).toMatchObject({
    name: 'Forest props',
  });
  const assets = JSON.stringify(Array.from({ length: 60 }, (_, index) => `asset_${index}`));
  expect(await change('addAssetsToCollection', `${it}, assetIds: ${assets}`)).toMatchObject({
    assetCount: 60,
  });
  expect(await change('addAssetsToCollection', `${it}, assetIds: ["asset_0"]`)).toMatchObject({
    assetCount: 60,
  });
  expect(await change('addModelsToCollection', `${it}, modelIds: ["model_1"]`)).toMatchObject({
    assetCount: 60,
    modelCount: 1,
  });
  expect(await change('updateCollection', `${it}, thumbnailAssetId: "asset_1"`)).toMatchObject({
    name: 'Forest props',
    thumbnail: { assetId: 'asset_1' },
  });
  expect(await change('updateCollection', `${it}, thumbnailAssetId: null`)).toMatchObject({
    thumbnail: null,
  });
  expect(await change('removeAssetsFromCollection', `${it}, assetIds: ${assets}`)).toMatchObject({
    assetCount: 0,
    modelCount: 1,
  });
  expect(await change('removeModelsFromCollection', `${it}, modelIds: ["model_1"]`)).toMatchObject({
    itemCount: 0,
  });

  const read = `{ collection(${it}) { name } node(${it}) { id } collections { nodes { name } } }`;
  const name = 'Forest props';
  expect((await query(read)).body).toEqual({
    data: { collection: { name }, node: { id }, collections: { nodes: [{ name }] } },
  });
  const remove = `mutation { deleteCollection(input: { ${it} }) { ... on DeleteCollectionPayload { deletedCollectionId } ${REFUSAL} } }`;
  expect((await query(remove)).body).toEqual({ data: { deleteCollection: { deletedCollectionId: id } } });
  expect((await query(read)).body).toEqual({
    data: { collection: null, node: null, collections: { nodes: [] } },
  });
  expect((await query(remove)).body).toEqual({
    data: { deleteCollection: { __typename: 'NotFoundError', code: 'NOT_FOUND' } },
  });
});

describe('the whole list is read', () => {
  test.each(END_FORMS)('when it ends with its token %s, in slices of any size', async (endOfList) => {
    const { query } = await openSandbox({ seedCount: 137, faults: { list: { endOfList } } });
    const inOne = await walkToEnd(query, 500);
    expect(new Set(inOne.rows).size).toBe(137);
    for (const first of [10, 50, 137]) expect((await walkToEnd(query, first)).rows).toEqual(inOne.rows);
  });

  test('when pages are short and repeat rows', async () => {
    const { query } = await openSandbox({ seedCount: 137 });
    const { rows } = await walkToEnd(query, 100);
    const odd = await openSandbox({ seedCount: 137, faults: { list: { shortBy: 3, repeatRows: true } } });
    expect((await walkToEnd(odd.query, 10)).rows).toHaveLength(rows.length);
    expect(new Set((await walkToEnd(odd.query, 500)).rows).size).toBe(rows.length);
  });
});
