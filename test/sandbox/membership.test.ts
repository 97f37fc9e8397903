import { describe, expect, test } from 'vitest';
import { collectionAnswer, errorAnswer } from './reference-shapes.ts';
import { ids, openSandbox, type SandboxClient } from './sandbox-client.ts';

describe.each([
  { kind: 'asset', field: 'assetIds', count: 'assetCount' },
  { kind: 'model', field: 'modelIds', count: 'modelCount' },
] as const)('membership of $kind', ({ kind, field, count }) => {
  const change = (client: SandboxClient, method: 'PUT' | 'DELETE', id: string, members: unknown) =>
    client.call(method, `/collections/${id}/${kind}s`, { body: { [field]: members } });

  test('adding 49 and removing some by a DELETE with a body moves the counts and updatedAt', async () => {
    const client = await openSandbox();
    const created = await client.create();
    const added = collectionAnswer.parse((await change(client, 'PUT', created.id, ids(kind, 49))).body);
    expect(added.collection).toMatchObject({ [count]: 49, itemCount: 49 });
    expect(Date.parse(added.collection.updatedAt)).toBeGreaterThan(Date.parse(created.updatedAt));
    const removed = collectionAnswer.parse((await change(client, 'DELETE', created.id, ids(kind, 9))).body);
    expect(removed.collection).toMatchObject({ [count]: 40, itemCount: 40 });
    expect(Date.parse(removed.collection.updatedAt)).toBeGreaterThan(Date.parse(added.collection.updatedAt));
    expect(await client.get(created.id)).toEqual(removed.collection);
  });

  test('the 50th id is refused on both ways, in the words of the live service', async () => {
    const client = await openSandbox();
    const { id } = await client.create();
    for (const [method, verb] of [
      ['PUT', 'add'],
      ['DELETE', 'remove'],
    ] as const) {
      const { status, body } = await change(client, method, id, ids(kind, 50));
      expect(status).toBe(400);
      expect(body).toEqual({ reason: `You cannot ${verb} more than 49 ${kind}s at once.` });
    }
    expect((await client.get(id))[count]).toBe(0);
  });

  test('a call that holds one member already is refused as a whole, and is not told which', async () => {
    const client = await openSandbox();
    const { id } = await client.create();
    await change(client, 'PUT', id, [`${kind}_1`]);
    const before = await client.get(id);
    const { status, body } = await change(client, 'PUT', id, ids(kind, 3));
    expect(status).toBe(400);
    expect(body).toEqual({ reason: `One or more ${kind}s are already part of the collection` });
    expect(await client.get(id)).toEqual(before);
  });

  test('an id twice in one call is refused like a re-add', async () => {
    const client = await openSandbox();
    const { id } = await client.create();
    expect((await change(client, 'PUT', id, [`${kind}_1`, `${kind}_1`])).status).toBe(400);
    expect((await client.get(id))[count]).toBe(0);
  });

  test('a lenient re-add takes what is new', async () => {
    const client = await openSandbox({ faults: { membership: { readd: 'lenient' } } });
    const { id } = await client.create();
    await change(client, 'PUT', id, ids(kind, 2));
    const { status } = await change(client, 'PUT', id, [...ids(kind, 3), `${kind}_0`]);
    expect(status).toBe(200);
    expect((await client.get(id))[count]).toBe(3);
  });

  test('removing an absent id passes, unless re-removes are strict', async () => {
    const client = await openSandbox();
    const { id } = await client.create();
    await change(client, 'PUT', id, ids(kind, 2));
    expect((await change(client, 'DELETE', id, [`${kind}_0`, `${kind}_9`])).status).toBe(200);
    expect((await client.get(id))[count]).toBe(1);
    await client.setFaults({ membership: { reremove: 'strict' } });
    expect((await change(client, 'DELETE', id, [`${kind}_1`, `${kind}_9`])).status).toBe(400);
    expect((await client.get(id))[count]).toBe(1);
  });

  test('foreign ids are refused with 403, and none of the call is added', async () => {
    const client = await openSandbox();
    const { id } = await client.create();
    const { status, body } = await change(client, 'PUT', id, [`${kind}_1`, `${kind}_foreign_1`]);
    expect(status).toBe(403);
    const { reason, details } = errorAnswer.parse(body);
    expect({ reason, details }).toEqual({
      reason: expect.not.stringContaining(`${kind}_`),
      details: undefined,
    });
    expect((await client.get(id))[count]).toBe(0);
  });

  test.each([
    ['404', 404],
    ['403', 403],
  ] as const)(
    'an id that does not exist is refused with %s, and none of the call is added',
    async (unknownIds, status) => {
      const client = await openSandbox({ faults: { membership: { unknownIds } } });
      const { id } = await client.create();
      const refused = await change(client, 'PUT', id, [`${kind}_1`, `${kind}_nowhere`]);
      expect(refused.status).toBe(status);
      errorAnswer.parse(refused.body);
      expect((await client.get(id))[count]).toBe(0);
    },
  );

  test('an id that does not exist can be accepted, and exists from then on', async () => {
    const client = await openSandbox({ faults: { membership: { unknownIds: 'accept' } } });
    const { id } = await client.create();
    await change(client, 'PUT', id, [`${kind}_1`]);
    expect((await change(client, 'PUT', id, [`${kind}_1`, `${kind}_new`])).status).toBe(400);
    expect((await client.call('GET', `/${kind}s/${kind}_new`)).status).toBe(404);
    expect((await change(client, 'PUT', id, [`${kind}_new`])).status).toBe(200);
    const { body } = await client.call('GET', `/${kind}s/${kind}_new`);
    expect(body).toMatchObject({ [kind]: { id: `${kind}_new`, collectionIds: [id] } });
  });

  test.each([[[]], [['a/b']], [['']], [['x'.repeat(129)]], ['asset_1'], [[1]], [null]])(
    'the list %j is refused with 400',
    async (members) => {
      const client = await openSandbox();
      const { id } = await client.create();
      expect((await change(client, 'PUT', id, members)).status).toBe(400);
    },
  );
});

test('assets and models are counted apart and summed', async () => {
  const client = await openSandbox();
  const { id } = await client.create();
  await client.call('PUT', `/collections/${id}/assets`, { body: { assetIds: ids('asset', 3) } });
  await client.call('PUT', `/collections/${id}/models`, { body: { modelIds: ids('model', 2) } });
  expect(await client.get(id)).toMatchObject({ assetCount: 3, modelCount: 2, itemCount: 5 });
});

test('the ledger names every applied write in order, and the statistics count every call', async () => {
  const client = await openSandbox();
  const { id } = await client.create();
  const path = `/collections/${id}`;
  await client.call('PUT', `${path}/assets`, { body: { assetIds: ['asset_1', 'asset_2'] } });
  await client.call('PUT', `${path}/assets`, { body: { assetIds: ['asset_1'] } });
  await client.call('PUT', path, { body: { name: 'New' } });
  await client.call('DELETE', `${path}/assets`, { body: { assetIds: ['asset_2'] } });
  await client.call('DELETE', path);
  expect((await client.call('GET', '/__ledger')).body).toEqual([
    { method: 'POST', path: '/collections', ids: [id] },
    { method: 'PUT', path: `${path}/assets`, ids: ['asset_1', 'asset_2'] },
    { method: 'PUT', path, ids: [id] },
    { method: 'DELETE', path: `${path}/assets`, ids: ['asset_2'] },
    { method: 'DELETE', path, ids: [id] },
  ]);
  expect((await client.call('GET', '/__stats')).body).toEqual({
    'POST /collections': 1,
    'PUT /collections/{collectionId}/assets': 2,
    'PUT /collections/{collectionId}': 1,
    'DELETE /collections/{collectionId}/assets': 1,
    'DELETE /collections/{collectionId}': 1,
  });
  await client.call('DELETE', '/__ledger');
  await client.call('DELETE', '/__stats');
  expect((await client.call('GET', '/__ledger')).body).toEqual([]);
  expect((await client.call('GET', '/__stats')).body).toEqual({});
});
