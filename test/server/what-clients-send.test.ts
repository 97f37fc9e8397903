import { describe, expect, it } from 'vitest';
import { codesOf, everyCollection, openFrontDoor } from '../support/front-door.ts';

const READ = 'query Read { collection(id: "col_1") { name } }';
const BY_ID = 'query ($id: ID = "col_1") { collection(id: $id) { name } }';
const DATA = { data: { collection: { name: 'Forest props' } } };

const BODIES: ReadonlyArray<readonly [who: string, body: string]> = [
  [
    'react-relay-network-modern, with an id of its own',
    JSON.stringify({ id: 'Read', query: READ, variables: {} }),
  ],
  ['PHP clients, with a list for no variables', JSON.stringify({ query: BY_ID, variables: [] })],
  ['clients with an empty text for no variables', JSON.stringify({ query: BY_ID, variables: '' })],
  ['clients with an empty name', JSON.stringify({ query: READ, operationName: '', variables: null })],
  ['clients with null for everything', JSON.stringify({ query: READ, documentId: null, extensions: null })],
  ['.NET clients, with a byte order mark', `\ufeff${JSON.stringify({ query: READ })}`],
  ['clients with members nobody knows', JSON.stringify({ query: READ, stickiness: { deep: [1] } })],
];

const REFUSED: ReadonlyArray<readonly [what: string, body: string]> = [
  ['variables in a list', JSON.stringify({ query: BY_ID, variables: ['col_1'] })],
  ['variables in a string', JSON.stringify({ query: BY_ID, variables: '{"id":"col_1"}' })],
  ['a batch', JSON.stringify([{ query: READ }])],
  ['a batch of none', '[]'],
  ['a name that is no text', JSON.stringify({ query: READ, operationName: 1 })],
  ['a name that no operation has', JSON.stringify({ query: READ, operationName: 'Other' })],
];

describe.each(['true', 'false'])('with FAST_PATH=%s', (FAST_PATH) => {
  it.each(BODIES)('a body is taken from %s', async (_who, body) => {
    const { query, wire } = await openFrontDoor(everyCollection, { FAST_PATH });
    const answer = await query('', {}, { body });
    expect([answer.status, answer.body, wire().length]).toEqual([200, DATA, 1]);
  });

  it.each(REFUSED)('a body is refused with %s, and makes no call', async (_what, body) => {
    const { query, wire } = await openFrontDoor(everyCollection, { FAST_PATH });
    const answer = await query('', {}, { body });
    expect([answer.status, codesOf(answer), wire()]).toEqual([400, ['BAD_USER_INPUT'], []]);
  });

  it.each([
    ['empty parameters', `query=${encodeURIComponent(READ)}&variables=&operationName=&extensions=`, 200],
    ['a list for no variables', `query=${encodeURIComponent(BY_ID)}&variables=[]`, 200],
    ['parameters nobody knows', `query=${encodeURIComponent(READ)}&utm_source=mail`, 200],
    ['two documents', `query=${encodeURIComponent(READ)}&query=${encodeURIComponent(BY_ID)}`, 400],
  ])('a GET with %s is answered', async (_what, parameters, status) => {
    const { gateway } = await openFrontDoor(everyCollection, { FAST_PATH });
    const answer = await fetch(`${gateway.url}?${parameters}`);
    const body: unknown = await answer.json();
    expect([answer.status, body]).toMatchObject([status, status === 200 ? DATA : { errors: [{}] }]);
  });
});

it('what means the same is answered from one kept answer or none, never from that of another meaning', async () => {
  const { query, wire } = await openFrontDoor(everyCollection, { CACHE_TTL_MS: '60000' });
  const ask = (members: object) => query('', {}, { body: JSON.stringify(members) });
  const other = 'query Other { collection(id: "col_2") { scenarioId } }';
  const both = `${READ} ${other}`;
  expect((await ask({ query: both, operationName: 'Read' })).body).toEqual(DATA);
  expect((await ask({ query: both, operationName: 'Other' })).body).toEqual({
    data: { collection: { scenarioId: 'col_2' } },
  });
  expect(codesOf(await ask({ query: both, operationName: '' }))).toEqual(['BAD_USER_INPUT']);
  expect(wire()).toHaveLength(2);
});
