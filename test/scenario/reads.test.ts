import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { everyCollection, globalId, oneCollection, openFrontDoor } from '../support/front-door.ts';
import { idsUpTo, OffsetList } from '../support/offset-list.ts';
import { type Answer, json } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

const aliased = (fields: readonly string[]) =>
  `{ ${fields.map((field, index) => `a${index}: ${field}`).join(' ')} }`;

describe('one operation reads each collection once', () => {
  test('however many aliases ask for it, by either form of its id', async () => {
    const { query, wire } = await openFrontDoor(everyCollection);
    const { body } = await query(
      aliased([
        'collection(id: "x") { name }',
        'collection(id: "x") { scenarioId }',
        `collection(id: "${globalId('x')}") { scenarioId }`,
        `node(id: "${globalId('x')}") { id }`,
        `nodes(ids: ["${globalId('x')}", "${globalId('x')}"]) { id }`,
      ]),
    );
    const node = { id: globalId('x') };
    expect(body).toEqual({
      data: {
        a0: { name: 'Forest props' },
        a1: { scenarioId: 'x' },
        a2: { scenarioId: 'x' },
        a3: node,
        a4: [node, node],
      },
    });
    expect(wire()).toEqual(['GET /v1/collections/x']);
  });

  test('so 20 aliases of 10 ids are 10 calls, which are under way together', async () => {
    const waiting: Array<() => void> = [];
    const all = Promise.withResolvers<void>();
    const answer: Answer = async (request) => {
      waiting.push(() => undefined);
      // Nobody is answered before the tenth has asked: one after the other would never end.
      if (waiting.length === 10) all.resolve();
      await all.promise;
      return everyCollection(request);
    };
    const { query, wire } = await openFrontDoor(answer, { DEADLINE_MS: '5000', UPSTREAM_TIMEOUT_MS: '4000' });
    const fields = Array.from(
      { length: 20 },
      (_, index) => `collection(id: "c${index % 10}") { scenarioId }`,
    );
    const { body } = await query(aliased(fields));
    expect(body.errors).toBeUndefined();
    expect(Object.values(body.data ?? {}).map((found) => dig(found, 'scenarioId'))).toEqual(
      Array.from({ length: 20 }, (_, index) => `c${index % 10}`),
    );
    expect(wire().sort()).toEqual(Array.from({ length: 10 }, (_, index) => `GET /v1/collections/c${index}`));
  });

  test('also when it is not there, or cannot be read', async () => {
    const { query, wire } = await openFrontDoor(({ path }) =>
      json({ reason: 'no' }, path.endsWith('gone') ? 404 : 401),
    );
    const { body } = await query(
      aliased(['gone', 'gone', 'shut', 'shut'].map((id) => `collection(id: "${id}") { id }`)),
    );
    expect(body.data).toEqual({ a0: null, a1: null, a2: null, a3: null });
    expect(body.errors?.map(({ path }) => path)).toEqual([['a2'], ['a3']]);
    expect(wire().sort()).toEqual(['GET /v1/collections/gone', 'GET /v1/collections/shut']);
  });
});

describe('nodes', () => {
  test('asks for each id once and answers in order, null where one is missing', async () => {
    const { query, wire } = await openFrontDoor((request) =>
      request.path.endsWith('/b') ? json({ reason: 'no' }, 404) : everyCollection(request),
    );
    const ids = ['c', 'b', 'a', 'b', 'c'].map(globalId);
    const { body } = await query(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Collection { scenarioId } } }',
      {
        ids,
      },
    );
    const [a, c] = [{ scenarioId: 'a' }, { scenarioId: 'c' }];
    expect(body).toEqual({ data: { nodes: [c, null, a, null, c] } });
    expect(wire().sort()).toEqual(['a', 'b', 'c'].map((id) => `GET /v1/collections/${id}`));
  });

  test('loses one place, not all, to a collection that cannot be read', async () => {
    const { query } = await openFrontDoor((request) =>
      request.path.endsWith('/b') ? json({ reason: 'no' }, 403) : everyCollection(request),
    );
    const { body } = await query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: ['a', 'b'].map(globalId),
    });
    expect(body.data).toEqual({ nodes: [{ id: globalId('a') }, null] });
    expect(body.errors).toMatchObject([{ path: ['nodes', 1], extensions: { code: 'FORBIDDEN' } }]);
  });
});

describe('lists in one operation', () => {
  test('that are equal are one call', async () => {
    const { query, wire } = await openFrontDoor(new OffsetList(idsUpTo(30)).answer);
    const { body } = await query(
      aliased(['collections { nodes { id } }', 'collections(first: 10) { edges { cursor } }']),
    );
    expect(body.errors).toBeUndefined();
    expect(wire()).toEqual(['GET /v1/collections?pageSize=10']);
  });

  test('that share pages share their calls', async () => {
    const { query, wire } = await openFrontDoor(new OffsetList(idsUpTo(300)).answer);
    const fields = ['collections(first: 150) { nodes { id } }', 'collections(first: 100) { nodes { id } }'];
    await query(aliased(fields));
    expect(wire()).toHaveLength(2);
  });

  test('that differ are a call each', async () => {
    const { query, wire } = await openFrontDoor(new OffsetList(idsUpTo(30)).answer);
    await query(
      aliased(['collections(first: 5) { nodes { id } }', 'collections(first: 6) { nodes { id } }']),
    );
    expect(wire().sort()).toEqual(['GET /v1/collections?pageSize=5', 'GET /v1/collections?pageSize=6']);
  });
});

describe('a write in the same operation', () => {
  const RENAME =
    'updateCollection(input: { id: "x", name: "New" }) { ... on UpdateCollectionPayload { collection { name } } }';

  test('shows its own answer, with no further read', async () => {
    const { query, wire } = await openFrontDoor(() => oneCollection({ id: 'x', name: 'New' }));
    const { body } = await query(`mutation { ${RENAME} }`);
    expect(body.data).toEqual({ updateCollection: { collection: { name: 'New' } } });
    expect(wire()).toEqual(['PUT /v1/collections/x {"name":"New"}']);
  });

  test('runs after the write before it', async () => {
    const { query, wire } = await openFrontDoor((request) =>
      request.method === 'DELETE' ? json({}) : oneCollection({ id: 'x', name: 'New' }),
    );
    const remove =
      'deleteCollection(input: { id: "x" }) { ... on DeleteCollectionPayload { deletedCollectionId } }';
    await query(`mutation { a: ${RENAME} b: ${remove} c: ${RENAME} }`);
    expect(wire()).toEqual([
      'PUT /v1/collections/x {"name":"New"}',
      'DELETE /v1/collections/x',
      'PUT /v1/collections/x {"name":"New"}',
    ]);
  });
});

test('two operations do not share what they read', async () => {
  let turn = 0;
  const { query, wire } = await openFrontDoor(() => {
    turn += 1;
    return json({ collection: wireCollection({ id: 'x', name: `name ${turn}` }) });
  });
  for (const name of ['name 1', 'name 2']) {
    const { body } = await query('{ collection(id: "x") { name } }');
    expect(body.data).toEqual({ collection: { name } });
  }
  expect(wire()).toHaveLength(2);
});
