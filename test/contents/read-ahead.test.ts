import { afterEach, expect, test, vi } from 'vitest';
import { dig } from '../support/dig.ts';
import { codesOf, globalId, openFrontDoor } from '../support/front-door.ts';
import { hang, json } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

const COLLECTION = '/v1/collections/col_1';
const ASSETS = json({ assets: [], nextPaginationToken: null });
const MODELS = json({ models: [], nextPaginationToken: null });
const SELECTION = '{ name assets(first: 3) { nodes { id } } models(first: 3) { nodes { id } } }';

afterEach(() => vi.useRealTimers());

test.each([
  ['collection', `{ found: collection(id: "col_1") ${SELECTION} }`],
  ['node', `{ found: node(id: "${globalId('col_1')}") { ... on Collection ${SELECTION} } }`],
])('what is in a collection is read beside it, once, where %s names it', async (_field, document) => {
  const membersRead = Promise.withResolvers<void>();
  const { query, upstream } = await openFrontDoor(async ({ path }) => {
    // It would hang for ever if they were read one after the other.
    if (path === COLLECTION) await membersRead.promise;
    if (path === '/v1/assets') membersRead.resolve();
    if (path === COLLECTION) return json({ collection: wireCollection({ id: 'col_1', name: 'Props' }) });
    return path === '/v1/assets' ? ASSETS : MODELS;
  });
  const { body } = await query(document);
  expect(body.errors).toBeUndefined();
  expect(body.data).toEqual({ found: { name: 'Props', assets: { nodes: [] }, models: { nodes: [] } } });
  const paths = upstream.requests.map(({ path }) => path);
  expect(paths.toSorted()).toEqual(['/v1/assets', COLLECTION, '/v1/models', '/v1/models']);
});

test('what was read of a collection that does not exist is dropped, and not waited for', async () => {
  const { query, upstream } = await openFrontDoor(({ path }) =>
    path === COLLECTION ? json({ reason: 'There is none.' }, 404) : hang,
  );
  const { body } = await query('{ collection(id: "col_1") { name assets(first: 3) { nodes { id } } } }');
  expect(body).toEqual({ data: { collection: null } });
  expect(upstream.requests).toHaveLength(2);
});

test('what fails beside its collection fails alone, and is not asked twice', async () => {
  const { query, upstream } = await openFrontDoor(({ path }) =>
    path === COLLECTION
      ? json({ collection: wireCollection({ id: 'col_1', name: 'Props' }) })
      : json({ reason: 'No.' }, 403),
  );
  const answer = await query('{ collection(id: "col_1") { name assets(first: 3) { nodes { id } } } }');
  expect(answer.body.data).toEqual({ collection: { name: 'Props', assets: null } });
  expect(codesOf(answer)).toEqual(['FORBIDDEN']);
  expect(dig(answer.body.errors, 0, 'path')).toEqual(['collection', 'assets']);
  expect(upstream.requests).toHaveLength(2);
});

test('nothing is read of a collection whose id is refused', async () => {
  const { query, upstream } = await openFrontDoor(() => hang);
  const answer = await query('{ collection(id: "no id!") { name assets(first: 3) { nodes { id } } } }');
  expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
  expect(upstream.requests).toHaveLength(0);
});

test('what the circuit breaker refuses beside its probe is read again once the probe has gone well', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  let isDown = true;
  const { query, upstream } = await openFrontDoor(({ path }) => {
    if (isDown) return json({ reason: 'Down.' }, 500);
    return path === COLLECTION
      ? json({ collection: wireCollection({ id: 'col_1', name: 'Props' }) })
      : ASSETS;
  });
  const document = '{ collection(id: "col_1") { name assets(first: 3) { nodes { id } } } }';
  // Ten failures in a row open it.
  while (upstream.requests.length < 10) await query('{ collection(id: "col_1") { name } }');
  await query(document);
  const refused = upstream.requests.length;
  isDown = false;
  vi.advanceTimersByTime(1_001);
  const { body } = await query(document);
  expect(body).toEqual({ data: { collection: { name: 'Props', assets: { nodes: [] } } } });
  expect(upstream.requests.slice(refused).map(({ path }) => path)).toEqual([COLLECTION, '/v1/assets']);
});
