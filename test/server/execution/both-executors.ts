import { type GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { expect } from 'vitest';
import type { GraphQLContext } from '../../../src/schema/context.ts';
import { CompiledDocument } from '../../../src/server/execution/compiled/compiled-document.ts';
import { prepareCompiled } from '../../../src/server/execution/prepare-compiled.ts';
import { prepareInterpreted } from '../../../src/server/execution/prepare-interpreted.ts';
import type { PreparedOperation } from '../../../src/server/execution/prepared-operation.ts';

const LIMITS = { maxPageWalk: 500, maxBulkIds: 1_000 };
const RULES = { maxUpstreamCalls: 30, inputLimits: LIMITS, callerLimiter: null };
// Objects field by field, the first of them field by field, by generated functions.
const THRESHOLDS = [Number.POSITIVE_INFINITY, 1, 0];
const context: GraphQLContext = JSON.parse('{ "caller": "ada" }');

/** A document for both executors. */
export function bothExecutors(schema: GraphQLSchema, text: string, { hideSuggestions = false } = {}) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const options = { rules: RULES, hideSuggestions, schema };
  const compiled = THRESHOLDS.map((threshold) => CompiledDocument.from(schema, document, threshold));
  /**
   * Expects the compiled executor, which has it compiled for each way to make objects, to answer as graphql-js does.
   * @returns what it comes to; `isCompiled` is false where it is left to graphql-js
   */
  const run = async (variables: Readonly<Record<string, unknown>> = {}) => {
    const request = { document, variables, operationName: null };
    const wanted = await ended(prepareInterpreted({ ...request, compiled: null }, context, options));
    const all = compiled.map((each) => prepareCompiled({ ...request, compiled: each }, context, options));
    for (const prepared of all) if (prepared) expect(await ended(prepared)).toBe(wanted);
    return { wanted, isCompiled: !all.includes(null) };
  };
  return { run };
}

/** What an operation is planned to cost and comes to, as text. */
async function ended(prepared: PreparedOperation): Promise<string> {
  if (prepared.errors) return JSON.stringify(prepared.errors.map(shown));
  const { name, type } = prepared;
  const plan = prepared.plan(LIMITS);
  const { data, errors = [] } = await prepared.execute();
  // Keys are in their order, errors in any.
  return JSON.stringify({ name, type, plan, data, errors: errors.map(shown).toSorted() }, null, 1);
}

// What only the log tells, each executor tells in its own words.
const OWN_WORDS =
  /is of none of its types|was resolved to a type|must resolve to an Object type|Expected (a )?value of type|became nothing|coerceOutputValue/;

function shown({ message, path, locations, originalError, extensions }: GraphQLError): string {
  const text = OWN_WORDS.test(message) ? 'own words' : [message, originalError?.constructor.name];
  return JSON.stringify({ text, path, locations, extensions });
}
