import { parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { GraphQLContext } from '../../../src/schema/context.ts';
import { CompiledDocument } from '../../../src/server/execution/compiled/compiled-document.ts';
import { prepareCompiled } from '../../../src/server/execution/prepare-compiled.ts';
import { prepareInterpreted } from '../../../src/server/execution/prepare-interpreted.ts';
import type { PreparedOperation } from '../../../src/server/execution/prepared-operation.ts';
import { schema } from './planned-schema.ts';

const LIMITS = { maxPageWalk: 500, maxBulkIds: 1_000 };

const context: GraphQLContext = JSON.parse('{}');

/** The plan of an operation, for both executors: they come to the same. */
function planOf(text: string, variables: Readonly<Record<string, unknown>> = {}) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const rules = { maxUpstreamCalls: 30, inputLimits: LIMITS, callerLimiter: null };
  const request = {
    document,
    compiled: CompiledDocument.from(schema, document),
    variables,
    operationName: null,
  };
  const options = { schema, rules, hideSuggestions: true };
  const interpreted = prepareInterpreted(request, context, options);
  const compiled = prepareCompiled(request, context, options);
  const plan = planned(interpreted);
  expect(planned(compiled ?? interpreted)).toEqual(plan);
  return { plan, isCompiled: compiled !== null };
}

function planned(prepared: PreparedOperation) {
  if (prepared.errors) throw new Error(prepared.errors[0]?.message);
  return prepared.plan(LIMITS);
}

describe('the plan of an operation', () => {
  test.each<[string, string, number, object?]>([
    ['counts a root field', '{ boxes(first: 20) { name } }', 1],
    ['counts the pages of a list', '{ boxes(first: 250) { name } }', 3],
    ['multiplies through a list', '{ boxes(first: 20) { leaves(first: 4) { name } } }', 21],
    [
      'multiplies through two lists',
      '{ boxes(first: 3) { leaves(first: 4) { owner { name } } } }',
      1 + 3 + 12,
    ],
    ['takes the bound of a list at hand', '{ boxes(first: 3) { tags { owner { name } } } }', 1 + 15],
    ['takes defaults of arguments', '{ boxes { leaves { name } } }', 1 + 2],
    ['takes variables', 'query ($n: Int!) { boxes(first: $n) { leaves { name } } }', 8, { n: 7 }],
    ['takes defaults of variables', 'query ($n: Int! = 9) { boxes(first: $n) { leaves { name } } }', 10],
    [
      'counts aliases that read differently',
      '{ box { a: leaves(first: 101) { name } b: leaves { name } } }',
      1 + 2 + 1,
    ],
    ['counts aliases that read the same once', '{ box { a: leaves { name } b: leaves { name } } }', 2],
    [
      'counts equal root fields with all below them once',
      '{ a: box { leaves { name } } b: box { leaves { name } } }',
      2,
    ],
    ['looks into fragments', '{ boxes { ...F } } fragment F on Box { ... { leaves { name } } }', 3],
    [
      'merges what stands twice',
      '{ boxes { leaves { name } } boxes { leaves { owner { name } } } }',
      1 + 2 + 4,
    ],
    [
      'leaves out what is skipped',
      'query ($s: Boolean!) { boxes { leaves @skip(if: $s) { name } } }',
      1,
      { s: true },
    ],
    [
      'counts what is not skipped',
      'query ($s: Boolean!) { boxes { leaves @skip(if: $s) { name } } }',
      3,
      { s: false },
    ],
    ['leaves out fields that are not included', '{ boxes { name } box @include(if: false) { name } }', 1],
    [
      'knows the types of rows',
      '{ named { ... on Box { leaves { name } } ... on Leaf { owner { name } } } }',
      1 + 2 + 3,
    ],
    [
      'takes the dearest type where it is not known',
      '{ any { ... on Box { leaves { name } } ... on Leaf { owner { owner { name } } } } }',
      1 + 2,
    ],
    ['puts ids of all parents into batches', '{ boxes(first: 3) { tags { isMember } } }', 1 + 5],
    ['counts each known id once', '{ boxes(first: 3) { tags { isMember(ids: ["a", "b", "a"]) } } }', 1 + 1],
    [
      'puts ids of two endpoints into batches of their own',
      '{ boxes { tags { isMember(ids: ["a"]) isKnown } } }',
      1 + 2,
    ],
    [
      'puts ids of mutations into batches of their own',
      'mutation { a: change { name } b: change { name } }',
      2 + 2,
    ],
    [
      'takes the dearest type where it stands first',
      '{ any { ... on Box { leaves(first: 101) { name } } ... on Leaf { owner { name } } } }',
      1 + 2,
    ],
    [
      'fills batches that were begun beside an object of any type',
      '{ boxes(first: 1) { tags { isMember(ids: ["a", "b"]) } } any { ... on Leaf { isMember(ids: ["b", "c"]) } ... on Box { name } } }',
      1 + 1 + 1,
    ],
    ['counts nothing below a list of nothing', '{ boxes(first: 0) { tags { isMember(ids: ["a"]) } } }', 0],
    [
      'counts once what is reached in two ways',
      '{ box { same { leaves { name } } other { leaves { name } } } }',
      1 + 1,
    ],
    [
      'tells reads apart by all arguments',
      '{ a: row(id: "x", first: 1) { name } b: row(id: "x", first: 2) { name } }',
      2,
    ],
    ['tells reads apart by their id', '{ a: box(id: "x") { name } b: box(id: "y") { name } }', 2],
    [
      'tells reads of one id apart by their field',
      '{ box(id: "x") { name } row(id: "x", first: 1) { name } }',
      2,
    ],
    [
      'counts what a condition without a value stands before',
      'query ($so: Boolean = true) { boxes { leaves @include(if: $so) { name } } }',
      1 + 2,
      { so: null },
    ],
    ['counts nothing for what is at hand', '{ free __typename }', 0],
  ])('%s', (_promise, text, calls, variables = {}) => {
    const { plan, isCompiled } = planOf(text, { ...variables });
    expect({ calls: plan.calls, isCompiled }).toEqual({ calls, isCompiled: !/__typename|\$so/.test(text) });
  });

  test('names the field that makes it large', () => {
    expect(planOf('{ some: boxes(first: 20) { parts: leaves(first: 4) { name } } }').plan.largest).toEqual({
      path: 'some.parts',
      calls: 20,
    });
  });

  test.each([
    ['{ boxes(first: 250) { name } box { name } }', 'boxes', 3],
    ['{ box { name } boxes(first: 250) { name } any { text: name } }', 'boxes', 3],
    ['{ box { name } any { name } }', 'box', 1],
  ])('names the largest, and the first of equal ones: %s', (text, path, calls) => {
    expect(planOf(text).plan.largest).toEqual({ path, calls });
  });

  test('names none where nothing is called', () => {
    expect(planOf('{ free boxes(first: 0) { name } }').plan.largest).toBeNull();
  });

  test('knows whether anything upstream is touched', () => {
    expect(planOf('{ free }').plan.reads).toBeNull();
    expect(planOf('{ free boxes { name } }').plan.reads).toBe('boxes');
  });
});

test('a field below the root that waits and may not be null is left to graphql-js', () => {
  expect(CompiledDocument.from(schema, parse('{ boxes { needed { name } } }'))).toBeNull();
  expect(CompiledDocument.from(schema, parse('{ boxes { leaves { name } } }'))).not.toBeNull();
});
