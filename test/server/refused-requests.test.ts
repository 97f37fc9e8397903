import { describe, expect, it } from 'vitest';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';

const ADD =
  'mutation ($input: AddAssetsToCollectionInput!) { addAssetsToCollection(input: $input) { __typename } }';
const FIND =
  'query ($first: Int!, $filter: CollectionFilter) { collections(first: $first, filter: $filter) { nodes { id } } }';
const MANY = Array.from({ length: 12 }, (_, index) => `query Q${index} { viewer { name } }`).join(' ');

const WRONG_VARIABLES: ReadonlyArray<
  readonly [document: string, variables: object, says: readonly string[]]
> = [
  [
    ADD,
    { input: { id: 'col_1', assetIds: ['a', null] } },
    [
      'Variable "$input" has invalid value at .assetIds[1]: Expected value of non-null type "ID!" not to be null.',
    ],
  ],
  [
    FIND,
    { first: 'x', filter: { createdAt: { after: 5 } } },
    [
      'Variable "$first" has invalid value: Int cannot represent non-integer value: "x"',
      'Variable "$filter" has invalid value at .createdAt.after: A string is expected.',
    ],
  ],
];

const WRONG_NAMES: ReadonlyArray<readonly [document: string, operationName: string | null, says: string]> = [
  [
    'query A { viewer { name } } query B { viewer { name } }',
    'C',
    'The document has no operation "C": send the name of the one to run as "operationName", out of "A", "B".',
  ],
  [
    'query A { viewer { name } } query B { viewer { name } }',
    null,
    'The document has 2 operations: send the name of the one to run as "operationName", out of "A", "B".',
  ],
  [
    '{ viewer { name } }',
    'C',
    'The document has no operation "C": its only one has no name, so leave out "operationName".',
  ],
  [
    MANY,
    'x'.repeat(100),
    `The document has no operation "${'x'.repeat(60)}…": send the name of the one to run as "operationName", out of ${Array.from({ length: 10 }, (_, index) => `"Q${index}"`).join(', ')} and 2 more.`,
  ],
];

describe.each(['true', 'false'])('with FAST_PATH=%s', (FAST_PATH) => {
  it('a variable with a wrong value is named, with the place in it', async () => {
    const { query, wire } = await openFrontDoor(everyCollection, { FAST_PATH });
    for (const [document, variables, says] of WRONG_VARIABLES) {
      const { status, body } = await query(document, variables);
      expect([status, body.errors?.map(({ message }) => message)]).toEqual([400, says]);
    }
    expect(wire()).toEqual([]);
  });

  it('the operation that a document lacks is named, and those that it has', async () => {
    const { query, wire } = await openFrontDoor(everyCollection, { FAST_PATH });
    for (const [document, operationName, says] of WRONG_NAMES) {
      const request = JSON.stringify({ query: document, operationName });
      const { status, body } = await query('', {}, { body: request });
      expect([status, body.errors]).toMatchObject([
        400,
        [{ message: says, extensions: { code: 'BAD_USER_INPUT' } }],
      ]);
    }
    expect(wire()).toEqual([]);
  });
});
