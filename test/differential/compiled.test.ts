import * as fc from 'fast-check';
import {
  type ExecutionResult,
  executeRootSelectionSet,
  type GraphQLError,
  parse,
  validate,
  validateExecutionArgs,
} from 'graphql';
import { expect, test } from 'vitest';
import type { GraphQLContext } from '../../src/schema/context.ts';
import { buildSchema } from '../../src/schema/schema.ts';
import { presentError } from '../../src/server/answers/present-error.ts';
import { negotiate } from '../../src/server/edge/media-type.ts';
import { CompiledDocument } from '../../src/server/execution/compiled/compiled-document.ts';
import { type Draw, drawFrom, settings } from './draw.ts';
import { type RandomDocument, randomDocument } from './random-document.ts';
import { RandomAssets, RandomModels } from './random-items.ts';
import { type Badness, RandomSource } from './random-source.ts';

const schema = buildSchema();
const GLOBAL_ID = btoa('Collection:col_1');
const IDS = ['col_1', 'col_2', GLOBAL_ID, '', 'no id!', 7];

const pool = (place: string): ReadonlyArray<string | number> => {
  if (place === 'first') return [0, 1, 10, -1];
  if (place === 'width') return [256, 16, 2048, 15, 1_000_000];
  if (place === 'after') return ['cursor 1', ''];
  return place === 'name' ? ['Props', 'Ünï 🙂 "quoted"', ' '] : IDS;
};

/** One way to execute: the same document, variables and answers. */
interface Run {
  readonly document: RandomDocument;
  readonly hideSuggestions: boolean;
  readonly seed: number;
  readonly badness: Badness;
}

test('a compiled document answers as graphql-js does', { timeout: 120_000 }, async () => {
  const counts = { all: 0, valid: 0, compiled: 0, withErrors: 0, withNulls: 0 };
  const property = fc.asyncProperty(fc.gen(), async (generate) => {
    const draw = drawFrom(generate);
    const run = randomRun(draw);
    const { text, traits } = run.document;
    counts.all += 1;
    // Fields of one key that cannot be merged.
    if (validate(schema, parse(text)).length > 0) return;
    counts.valid += 1;
    // Field by field, or by a function written for each selection.
    const document = parse(text);
    const compiled = CompiledDocument.from(schema, document, draw.pick([0, Number.POSITIVE_INFINITY]));
    const got = compiled && (await withCompiled(compiled, run));
    // With one of the traits it may be compiled where a directive leaves out what has it, or where a variable is wrong.
    expect({ text, isLeft: !got && traits.size === 0 }).toEqual({ text, isLeft: false });
    if (!got) return;
    counts.compiled += 1;
    const wanted = await withGraphqlJs(run);
    if (wanted.errors.length > 0) counts.withErrors += 1;
    if (wanted.data.includes('null')) counts.withNulls += 1;
    expect(got).toEqual(wanted);
  });
  await fc.assert(property, settings(4_000));
  // Otherwise the comparison would say little.
  expect(counts.valid).toBeGreaterThan(counts.all * 0.8);
  expect(counts.compiled).toBeGreaterThan(counts.valid * 0.8);
  expect(counts.withErrors).toBeGreaterThan(counts.compiled * 0.4);
  expect(counts.withNulls).toBeGreaterThan(counts.compiled * 0.3);
});

function randomRun(draw: Draw): Run {
  const oddities = draw.chance(15) ? 10 : 0;
  const badness = draw.pick([
    { failures: 0, brokenFields: 0 },
    { failures: 15, brokenFields: 0 },
    { failures: 15, brokenFields: 20 },
    { failures: 50, brokenFields: 50 },
  ]);
  return {
    document: randomDocument(schema, draw, { pool, oddities, repeatsMutations: true }),
    hideSuggestions: draw.chance(50),
    seed: draw.upTo(1_000_000),
    badness,
  };
}

async function withGraphqlJs(run: Run) {
  const { document, hideSuggestions } = run;
  const { source, contextValue, partial } = createContext(run);
  const args = validateExecutionArgs({
    schema,
    document: parse(document.text),
    variableValues: document.variables,
    operationName: document.operationName,
    contextValue,
    hideSuggestions,
  });
  const result = 'operation' in args ? await executeRootSelectionSet(args) : { errors: args };
  return shown(run, result, source, partial);
}

async function withCompiled(compiled: CompiledDocument, run: Run) {
  const { document, hideSuggestions } = run;
  const { source, contextValue, partial } = createContext(run);
  const bound = compiled.bind(document.variables, hideSuggestions);
  if (bound.errors) return shown(run, { errors: bound.errors }, source, partial);
  return bound.run && shown(run, await bound.run.execute(contextValue), source, partial);
}

function createContext({ seed, badness }: Run) {
  const source = new RandomSource(seed, badness);
  const partial: string[] = [];
  const contextValue: GraphQLContext = {
    collections: source,
    assets: new RandomAssets(source),
    models: new RandomModels(source),
    viewer: () => ({ name: 'ada', account: 'default', canRead: true, canWrite: seed % 2 === 0 }),
    maxBulkIds: 2,
    reportPartial: (error, path) => void partial.push(JSON.stringify([error.message, path])),
  };
  return { source, contextValue, partial };
}

// Root fields end in any order, so what they add is compared in an order of its own.
function shown(
  { document, seed }: Run,
  result: ExecutionResult,
  source: RandomSource,
  partial: readonly string[],
) {
  return {
    document: document.text,
    variables: JSON.stringify(document.variables),
    seed,
    data: JSON.stringify(result.data) ?? 'none',
    errors: (result.errors ?? []).map(describe).toSorted(),
    partial: partial.toSorted(),
    // Mutations run one after the other.
    events: document.isMutation ? source.events : source.events.toSorted(),
  };
}

// What the outside would see of an error, and what it stems from.
function describe(error: GraphQLError): string {
  const { message, originalError } = error;
  const outside = presentError(error, 'request', negotiate(undefined)).shown;
  return JSON.stringify({ message, outside, origin: originalError?.name });
}
