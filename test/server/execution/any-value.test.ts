import { getNamedType, isCompositeType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bothExecutors } from './both-executors.ts';
import { given, schema, Thing } from './played-schema.ts';

const VALUES: readonly unknown[] = [
  undefined,
  null,
  'text',
  '',
  7,
  -1,
  0,
  1.5,
  2 ** 31,
  -(2 ** 31),
  Number.NaN,
  true,
  'blue',
  {},
  { text: 'a thing', typeName: 'Thing', __typename: 'Thing' },
  { text: 'checked', isChecked: true, typeName: 'Checked', __typename: 'Checked' },
  { typeName: 'Nothing', __typename: 'Nothing' },
  { text: () => 'from a function' },
  [],
  ['text', null, 7, {}, [1, null], new Error('an item')],
  [[1, 2], ['a', null], null, 3],
  [{ text: 'one' }, { text: 2 }, { text: {} }],
  new Set(['one', undefined, 2]),
  new Error('in place of a value'),
  () => 'from a function',
  () => {
    throw new Error('from a function');
  },
  Object.assign(() => 'a function', { text: 'of a function' }),
  Symbol('a symbol'),
];

// Thousands of errors are made here, and no stack is looked at.
const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

const fields = Object.values(Thing.getFields()).filter(({ resolve }) => !resolve);
// Each in an object of its own, so that none hides what becomes of another.
const selections = fields.map(({ name, type }, index) => {
  const named = getNamedType(type);
  const below = named.name === 'Checked' ? '{ isChecked }' : '{ ... on Named { text __typename } }';
  return `w${index}: wrapped { ${name} ${isCompositeType(named) ? below : ''} id }`;
});

const roots = ['thing', 'thingNeeded', 'named'].map(
  (root) => `{ ${root} { text ... on Thing { count length } } }`,
);

test('a value of any kind is answered as with graphql-js, whatever its type', async () => {
  const below = bothExecutors(schema, `{ thing { ${selections.join(' ')} } }`);
  const atRoot = roots.map((text) => bothExecutors(schema, text));
  for (const value of VALUES) {
    const wrapped = Object.fromEntries(fields.map(({ name }) => [name, value]));
    given.value = { wrapped: { ...wrapped, id: 'id' } };
    expect((await below.run()).isCompiled).toBe(true);
    given.value = value;
    for (const { run } of atRoot) expect((await run()).isCompiled).toBe(true);
  }
});
