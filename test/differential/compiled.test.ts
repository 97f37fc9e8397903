import * as fc from 'fast-check';
import { type ExecutionResult, type GraphQLError, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import type { GraphQLContext } from '../../src/schema/context.ts';
import { buildSchema } from '../../src/schema/schema.ts';
import { presentError } from '../../src/server/answers/present-error.ts';
import { negotiate } from '../../src/server/edge/media-type.ts';
import { CompiledDocument } from '../../src/server/execution/compiled/compiled-document.ts';
import { prepareCompiled } from '../../src/server/execution/prepare-compiled.ts';
import { prepareInterpreted } from '../../src/server/execution/prepare-interpreted.ts';
import type {
  OperationRequest,
  PreparedOperation,
  RunOptions,
} from '../../src/server/execution/prepared-operation.ts';
import { dig } from '../support/dig.ts';
import { tellPlaces } from './asked-at.ts';
import { type Draw, drawFrom, settings } from './draw.ts';
import { type RandomDocument, randomDocument } from './random-document.ts';
import { randomSources } from './random-items.ts';
import { type Badness, RandomSource } from './random-source.ts';

const schema = tellPlaces(buildSchema());
const LIMITS = { maxPageWalk: 500, maxBulkIds: 2 };
const GLOBAL_ID = btoa('Collection:col_1');
const IDS = ['col_1', 'col_2', GLOBAL_ID, '', 'no id!', 7];

const ASKED_BELOW_THE_ROOT = /asked \["(models|pick|total|assets",\{"collectionId":)"/;

// Where `pageInfo` makes `models` null, graphql-js still asks for collections of the example assets. Those of the assets are
// asked for meanwhile, in the same words.
const PAST_A_NULL = `{ collection(id: "col_1") {
  models { nodes { exampleAssets(first: 1) { collections { name } } } pageInfo { hasNextPage } }
  assets { nodes { collections { name } } }
} }`;
const SEEDS_PAST_A_NULL = 400;

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
  const counts = { all: 0, valid: 0, compiled: 0, withErrors: 0, withNulls: 0, nested: 0 };
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
    if (String(wanted.events).match(ASKED_BELOW_THE_ROOT)) counts.nested += 1;
    expect(got).toEqual(expectedOf(got, wanted));
  });
  await fc.assert(property, settings(3_000));
  // Otherwise the comparison would say little.
  expect(counts.valid).toBeGreaterThan(counts.all * 0.8);
  expect(counts.compiled).toBeGreaterThan(counts.valid * 0.8);
  expect(counts.withErrors).toBeGreaterThan(counts.compiled * 0.4);
  expect(counts.withNulls).toBeGreaterThan(counts.compiled * 0.3);
  expect(counts.nested).toBeGreaterThan(counts.compiled * 0.05);
});

test('what graphql-js still asks below a null has no say in the rest of the answer', async () => {
  const document = {
    text: PAST_A_NULL,
    isMutation: false,
    variables: {},
    operationName: null,
    traits: new Set<never>(),
  };
  const compiled = CompiledDocument.from(schema, parse(PAST_A_NULL), 0);
  if (!compiled) throw new Error('not compiled');
  for (let seed = 0; seed < SEEDS_PAST_A_NULL; seed += 1) {
    const run = { document, hideSuggestions: false, seed, badness: { failures: 15, brokenFields: 20 } };
    const got = await withCompiled(compiled, run);
    expect(got).toEqual(expectedOf(got, await withGraphqlJs(run)));
  }
});

type Shown = Awaited<ReturnType<typeof withGraphqlJs>>;

/** What the compiled executor is to answer where graphql-js answers this. */
function expectedOf(got: Shown | null, wanted: Shown): Shown {
  if (wanted.data !== 'null') return wanted;
  // Until the whole answer has become null, graphql-js takes up errors of what goes on meanwhile: for some microtasks.
  return { ...wanted, errors: wanted.errors.filter((error) => got?.errors.includes(error)) };
}

function randomRun(draw: Draw): Run {
  const oddities = draw.chance(15) ? 10 : 0;
  const badness = draw.pick([
    { failures: 0, brokenFields: 0 },
    { failures: 15, brokenFields: 0 },
    { failures: 15, brokenFields: 20 },
    { failures: 50, brokenFields: 50 },
  ]);
  return {
    document: randomDocument(schema, draw, {
      pool,
      oddities,
      waits: draw.pick([0, 40, 80]),
      repeatsMutations: true,
    }),
    hideSuggestions: draw.chance(50),
    seed: draw.upTo(1_000_000),
    badness,
  };
}

async function withGraphqlJs(run: Run) {
  const world = createContext(run);
  const prepared = prepareInterpreted(requestOf(run, null), world.contextValue, optionsOf(run));
  return shown(run, await ended(prepared, world.source), world);
}

async function withCompiled(compiled: CompiledDocument, run: Run) {
  const world = createContext(run);
  const prepared = prepareCompiled(requestOf(run, compiled), world.contextValue, optionsOf(run));
  return prepared && shown(run, await ended(prepared, world.source), world);
}

function requestOf({ document }: Run, compiled: CompiledDocument | null): OperationRequest {
  const { text, variables, operationName } = document;
  return { document: parse(text), compiled, variables, operationName };
}

function optionsOf({ hideSuggestions }: Run): RunOptions {
  return {
    schema,
    rules: { maxUpstreamCalls: 30, inputLimits: LIMITS, callerLimiter: null },
    hideSuggestions,
  };
}

/** What an operation was planned to cost, and what came of it. */
async function ended(prepared: PreparedOperation, source: RandomSource) {
  if (prepared.errors) return { plan: null, result: { errors: prepared.errors } };
  const plan = prepared.plan(LIMITS);
  const result = await prepared.execute();
  await source.allAnswered();
  return { plan, result };
}

function createContext({ seed, badness }: Run) {
  const source = new RandomSource(seed, badness);
  const partial: string[] = [];
  const contextValue: GraphQLContext = {
    ...randomSources(source),
    viewer: () => ({ name: 'ada', account: 'default', canRead: true, canWrite: seed % 2 === 0 }),
    maxBulkIds: 2,
    reportPartial: (error, path) => void partial.push(JSON.stringify([error.message, path])),
  };
  return { source, contextValue, partial };
}

// Fields end in any order, so what they add is compared in an order of its own.
function shown(
  { document, seed }: Run,
  { plan, result }: Awaited<ReturnType<typeof ended>>,
  { source, partial }: ReturnType<typeof createContext>,
) {
  const { data, errors = [] }: ExecutionResult = result;
  // What waits below it goes on where a null has gone up, nobody knows for how long.
  const isWhole = errors.every(({ path = [] }) => isThere(data, path.slice(0, -1)));
  return {
    document: document.text,
    variables: JSON.stringify(document.variables),
    seed,
    plan,
    data: JSON.stringify(data) ?? 'none',
    errors: errors.map(describe).toSorted(),
    partial: isWhole ? partial.toSorted() : 'some',
    // Mutations run one after the other.
    events: isWhole ? (document.isMutation ? source.events : source.events.toSorted()) : 'some',
  };
}

function isThere(data: unknown, path: ReadonlyArray<string | number>): boolean {
  return dig(data, ...path) != null;
}

// What the outside would see of an error, and what it stems from.
function describe(error: GraphQLError): string {
  const { message, path, originalError } = error;
  const outside = presentError(error, 'request', negotiate(undefined)).shown;
  return JSON.stringify({ message, path, outside, origin: originalError?.name });
}
