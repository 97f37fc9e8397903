import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { CompiledDocument } from '../../../src/server/execution/compiled/compiled-document.ts';
import { bothExecutors } from './both-executors.ts';
import { given, schema } from './played-schema.ts';

const part = { text: 'a part', count: 3, typeName: 'Thing', __typename: 'Thing' };
const checked = { text: 'checked', isChecked: true, typeName: 'Checked', __typename: 'Checked' };
const whole = {
  ...part,
  text: 'the whole',
  id: 5,
  part: { ...part, part: null },
  parts: [part, { ...part, text: 'another' }, null],
  named: checked,
  nameds: [part, checked, {}],
  either: checked,
  eithers: [checked, part],
  call: (args: object) => JSON.stringify(args),
  count: 'no number',
};

test.each<[what: string, text: string, variables?: object]>([
  ['a key in place of a name', '{ a: thing { b: text c: id d: __typename } }'],
  ['what stands twice', '{ thing { part { text } } thing { part { id text } text } }'],
  [
    'a fragment',
    '{ thing { ...F } } fragment F on Thing { text part { ...G } } fragment G on Named { text }',
  ],
  [
    'a fragment that is spread twice',
    '{ thing { ...F id ...F } ...Q ...Q } fragment F on Thing { text } fragment Q on Query { echo }',
  ],
  [
    'an error in a fragment that is spread twice',
    '{ ...Q ...Q thing { ...F ...F } } fragment Q on Query { failing } fragment F on Thing { count }',
  ],
  [
    'one on an interface that not all have',
    '{ thing { nameds { text ... on Marked { isChecked } } named { ... on Marked { isChecked } } } }',
  ],
  ['one without a type', '{ ... { thing { ... { text } } } }'],
  [
    'one on an interface',
    '{ thing { ... on Named { text ... on Thing { id } ... on Checked { isChecked } } } }',
  ],
  ['one on a union', '{ thing { ... on Either { ... on Thing { id } ... on Checked { isChecked } } } }'],
  [
    'one on another type',
    '{ thing { named { ...C ...T text } } } fragment C on Checked { isChecked } fragment T on Thing { id }',
  ],
  [
    'types in lists',
    '{ thing { nameds { text ... on Thing { count } ... on Checked { isChecked } __typename } } }',
  ],
  ['a union', '{ thing { eithers { __typename ... on Thing { text } ... on Checked { isChecked } } } }'],
  ['a list with an error', '{ thing { parts { text countNeeded } } }'],
  [
    'arguments',
    '{ echo(n: 3, ids: ["a", 5], wanted: { least: 1, colours: [RED, BLUE] }) thing { echo(n: 4) call(n: 5) } }',
  ],
  ['arguments left out', '{ echo thing { echo call } }'],
  ['one value for a list', '{ echo(ids: "a", wanted: { colours: RED }) }'],
  ['null for a list', '{ echo(ids: null, wanted: null) thing { echo(ids: null) } }'],
  ['mutations', 'mutation M { a: echo(n: 1) b: echo(n: 2) throwing failing thing { text } }'],
  ['an operation with a name', 'query Name { echo }'],
  ['what fails beside another', '{ failing throwing echo }'],
  ['what fails', '{ failing }'],
  ['a list of promises at the root', '{ things(n: 2) { text part { text } } }'],
  ['nothing where something is needed', '{ thingNeeded { textNeeded } }'],
  ['an object where something is needed', '{ thingNeeded { text } }'],
  ['an object with an error where something is needed', '{ thingNeeded { text count } }'],
  ['nothing in what is needed', '{ thing { part { partNeeded { textNeeded } } text } }'],
  ['a null that goes up to a list', '{ thing { parts { partNeeded { text } } partsNeeded { textNeeded } } }'],
  [
    'fields that wait for different times',
    '{ thing { late { id slow { id } } slow { text late { text } } text } things { slow { id } } }',
  ],
  [
    'a field that waits and has its value at hand',
    '{ thing { ready { text count ready { count parts { count slow { count } } } } } }',
  ],
  ['queries, which run side by side', '{ a: counted b: counted c: counted }'],
  ['mutations, which run one after the other', 'mutation { a: counted b: counted c: counted }'],
  ['a field that waits', '{ thing { late { text late { id } } lates { text } } }'],
  ['what resolvers are told', 'query Q { told(n: 7) a: told ...F } fragment F on Query { b: told }'],
  [
    'what resolvers are told that wait',
    '{ thing { toldLate(n: 3) parts { toldLate late { a: toldLate } } } }',
  ],
])('%s: answered as with graphql-js', async (_what, text, variables = {}) => {
  given.value = whole;
  const { isCompiled, wanted } = await bothExecutors(schema, text).run({ ...variables });
  expect({ isCompiled, wanted }).toMatchObject({ isCompiled: true });
});

const VARIABLES = `query ($n: Int! = 9, $ids: [ID], $least: Int, $colour: Colour) {
  echo(n: $n, ids: $ids, wanted: { least: $least, colours: [$colour] })
  thing { echo(n: $n, ids: ["first", $id]) call(ids: $ids) toldLate(wanted: { least: $least }) late { call(n: $n, ids: ["a"]) } }
}`
  .replace('$id]', '$any]')
  .replace('$ids: [ID],', '$ids: [ID], $any: ID,');

test.each<object>([
  {},
  { n: 3, ids: ['a', 4], any: 'x', least: 8, colour: 'RED' },
  { n: 3, ids: 'a', any: 5 },
  { n: null },
  { n: '3' },
  { n: 1.5, ids: [{}], colour: 'rde' },
  { ids: null, least: null, colour: null },
])('variables answer as with graphql-js: %j', async (variables) => {
  given.value = whole;
  expect((await bothExecutors(schema, VARIABLES).run({ ...variables })).isCompiled).toBe(true);
  const hiding = bothExecutors(schema, VARIABLES, { hideSuggestions: true });
  expect((await hiding.run({ ...variables })).isCompiled).toBe(true);
});

test('a variable that may be null is refused where its argument may not', async () => {
  given.value = whole;
  const text =
    'query ($n: Int = 1) { a: echo(n: $n) thing { echo(n: $n) call(n: $n) text toldLate(n: $n) parts { echo(n: $n) } } }';
  const { run } = bothExecutors(schema, text);
  for (const variables of [{}, { n: 2 }, { n: null }]) expect((await run(variables)).isCompiled).toBe(true);
});

function conditional(count: number): string {
  const names = Array.from({ length: count }, (_, index) => `$v${index}`);
  const fields = names.map((name, index) => `f${index}: echo @include(if: ${name})`);
  return `query (${names.map((name) => `${name}: Boolean! = true`).join(' ')}) { ${fields.join(' ')} }`;
}

describe('conditions', () => {
  const TEXT = `query ($yes: Boolean!, $no: Boolean! = false) {
    thing {
      a: text @skip(if: $yes) b: text @include(if: $yes) c: text @skip(if: $no) @include(if: $yes)
      d: text @skip(if: true) e: text @include(if: false) f: text @skip(if: false) @include(if: true)
      ... @include(if: $no) { g: text } ...F @skip(if: $yes)
      part @include(if: $yes) { text @skip(if: $no) }
    }
    throwing @include(if: $no)
  }
  fragment F on Thing { h: text i: text @include(if: $no) }`;
  test.each([
    { yes: true },
    { yes: false },
    { yes: true, no: true },
    { yes: false, no: true },
    { yes: true },
    { yes: 'perhaps' },
    {},
  ])('leave out and let in as with graphql-js: %j', async (variables) => {
    given.value = whole;
    expect((await bothExecutors(schema, TEXT).run({ ...variables })).isCompiled).toBe(true);
  });

  test('are heeded anew for each request', async () => {
    given.value = whole;
    const { run } = bothExecutors(schema, TEXT);
    for (const yes of [true, false, true])
      for (const no of [false, true]) expect((await run({ yes, no })).isCompiled).toBe(true);
  });

  test('may be four at most', async () => {
    expect((await bothExecutors(schema, conditional(4)).run()).isCompiled).toBe(true);
    expect((await bothExecutors(schema, conditional(5)).run()).isCompiled).toBe(false);
  });
});

test.each<[what: string, text: string, variables?: object]>([
  ['introspection', '{ __schema { queryType { name } } }'],
  ['its type at the root', '{ __typename echo }'],
  ['a directive that it does not know', '{ echo @remark }'],
  ['one below the root', '{ thing { text @remark } }'],
  ['one that looks like a condition', '{ echo @remark(if: true) }'],
  ['one of the operation', 'query @remark { echo }'],
  ['root fields side by side of which one may not be null', '{ thingNeeded { text } echo }'],
  ['a root field that only reads a property', '{ unresolved }'],
  ['a key that would set the prototype', '{ __proto__: echo }'],
  ['one below the root', '{ thing { __proto__: text } }'],
  ['what waits and may not be null', '{ thing { lateNeeded { text } } }'],
  ['a condition without a value', 'query ($so: Boolean = true) { echo @include(if: $so) }', { so: null }],
])('%s is left to graphql-js', async (_what, text, variables = {}) => {
  given.value = whole;
  expect((await bothExecutors(schema, text).run({ ...variables })).isCompiled).toBe(false);
});

test.each([
  ['query A { echo } query B { echo }'],
  ['query A($so: Boolean!) { echo @skip(if: $so) } query B { echo }'],
  ['fragment F on Query { echo }'],
])('a document that has not one operation is left to graphql-js: %s', (text) => {
  expect(CompiledDocument.from(schema, parse(text))).toBeNull();
});

test('a field below the root that makes wait without saying so fails', async () => {
  given.value = whole;
  const bound = CompiledDocument.from(schema, parse('{ thing { promised text } }'))?.bind({}, true);
  const { data, errors } = (await bound?.run?.execute(JSON.parse('{}'))) ?? {};
  expect(data).toEqual({ thing: { promised: null, text: 'the whole' } });
  expect(errors).toMatchObject([
    { message: 'a field below the root makes wait', path: ['thing', 'promised'] },
  ]);
});
