import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { expect, test, vi } from 'vitest';
import type { GraphQLContext } from '../../../src/schema/context.ts';
import { makesCalls } from '../../../src/schema/planned-calls.ts';
import type { Scope } from '../../../src/server/auth/caller.ts';
import { negotiate } from '../../../src/server/edge/media-type.ts';
import { RefusalError } from '../../../src/server/edge/refusal.ts';
import { CompiledDocument } from '../../../src/server/execution/compiled/compiled-document.ts';
import { runOperation } from '../../../src/server/execution/run-operation.ts';
import { CallerLimiter } from '../../../src/server/limits/caller-limiter.ts';
import type { Operation } from '../../../src/server/request/operation.ts';
import { scopeOf } from '../../http/calls.ts';

const BOTH: readonly Scope[] = ['collections:read', 'collections:write'];
const context: GraphQLContext = JSON.parse('{}');

function operationOf(scopes: readonly Scope[]): Operation {
  return {
    scope: scopeOf(),
    observer: { attemptStarted: () => () => {}, accountKnown: () => {}, operationEnded: () => {} },
    mediaType: negotiate(undefined),
    caller: { identity: 'ada', name: 'ada', scopes: new Set(scopes), account: null },
    partialErrors: [],
    clientDisconnected: () => false,
    settled: vi.fn<() => void>(),
    partialWrites: [],
    writes: [],
    name: null,
    hash: null,
    type: null,
    isPersonal: false,
    plannedCalls: 0,
    showsCost: false,
    addHeaders: () => {},
  };
}

/** Runs operations of a caller, whose fields make as many calls as they are told. */
function openRunner({
  scopes = BOTH,
  perMinute = 0,
}: {
  scopes?: readonly Scope[];
  perMinute?: number;
} = {}) {
  const operation = operationOf(scopes);
  const made = vi.fn<(calls: number) => void>();
  const field = {
    type: GraphQLString,
    args: {
      plans: { type: new GraphQLNonNull(GraphQLInt), default: { value: 1 } },
      makes: { type: new GraphQLNonNull(GraphQLInt), default: { value: 1 } },
    },
    extensions: makesCalls(({ plans }) => ({ calls: Number(plans) })),
    resolve: async (_source: unknown, { makes }: { makes: number }) => {
      made(makes);
      operation.scope.tally.attempts += makes;
      return 'done';
    },
  };
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { read: field } }),
    mutation: new GraphQLObjectType({ name: 'Mutation', fields: { write: field } }),
  });
  const callerLimiter = perMinute > 0 ? new CallerLimiter(perMinute, null) : null;
  const rules = { maxUpstreamCalls: 5, inputLimits: { maxPageWalk: 1, maxBulkIds: 1 }, callerLimiter };
  const run = async (text: string, variables = {}) => {
    const document = parse(text);
    const request = {
      document,
      compiled: CompiledDocument.from(schema, document),
      variables,
      operationName: null,
    };
    const { data, errors = [] } = await runOperation(request, context, operation, {
      schema,
      rules,
      hideSuggestions: true,
    });
    const refusals = errors.map((error) =>
      error instanceof RefusalError ? error.refusal.code : error.message,
    );
    return { data: data === undefined ? undefined : { ...data }, refusals };
  };
  return { operation, run, made, left: async () => (await callerLimiter?.charge('ada', 0))?.remaining };
}

test.each([
  ['query Name { read(plans: 2) }', { name: 'Name', type: 'query', plannedCalls: 2 }, 'read', 7],
  ['mutation { write }', { name: null, type: 'mutation', plannedCalls: 1 }, 'write', 6],
  ['query Name { read(plans: 2) __typename }', { name: 'Name', type: 'query', plannedCalls: 2 }, 'read', 7],
  ['mutation { write __typename }', { name: null, type: 'mutation', plannedCalls: 1 }, 'write', 6],
])('what is known of an operation before it runs: %s', async (text, known, priority, limit) => {
  const { operation, run, made } = openRunner();
  const { data, refusals } = await run(text);
  expect([data, refusals]).toMatchObject([{ [priority]: 'done' }, []]);
  expect(operation).toMatchObject({ ...known, scope: { priority, calls: { limit } } });
  expect(made).toHaveBeenCalledTimes(1);
  expect(operation.settled).toHaveBeenCalledTimes(1);
});

test.each([
  ['without the scope', '{ read }', 'INSUFFICIENT_SCOPE', { scopes: [] }],
  ['that is too large', '{ read(plans: 6) }', 'LIMIT_EXCEEDED', {}],
  ['beyond its budget', '{ read(plans: 4) }', 'RATE_LIMITED', { perMinute: 3 }],
])('an operation %s makes no call', async (_what, text, code, options) => {
  const { run, made } = openRunner(options);
  expect(await run(text)).toEqual({ data: undefined, refusals: [code] });
  expect(made).not.toHaveBeenCalled();
});

test.each([['{ read(plans: $n) }'], ['{ read(plans: $n) __typename }']])(
  'an operation whose variables are wrong is not planned: %s',
  async (selection) => {
    const { run, operation } = openRunner();
    const { data, refusals } = await run(`query ($n: Int!) ${selection}`, { n: 'x' });
    expect([data, refusals, operation.type]).toEqual([undefined, [expect.stringContaining('"$n"')], null]);
  },
);

test.each([
  ['retries cost the caller too', '{ read(plans: 2, makes: 5) }', 5],
  ['what is not called for is given back', '{ read(plans: 4, makes: 1) }', 9],
  ['what is called for as planned stays as it was charged', '{ read(plans: 3, makes: 3) }', 7],
])('%s', async (_what, text, expected) => {
  const { run, left } = openRunner({ perMinute: 10 });
  expect((await run(text)).data).toEqual({ read: 'done' });
  expect(await left()).toBe(expected);
});
