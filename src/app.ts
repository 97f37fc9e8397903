import { gatewayUrl } from './boot/gateway-url.ts';
import { openSharedState, type SharedState } from './boot/open-shared-state.ts';
import { openUpstream, type Upstream } from './boot/open-upstream.ts';
import { MemoryBudget } from './cache/memory-budget.ts';
import { type Config, ConfigError, type Environment } from './config/config.ts';
import { Bulkhead } from './http/bulkhead.ts';
import type { Send } from './http/call.ts';
import { createClient } from './http/client.ts';
import { withBreaker } from './http/with-breaker.ts';
import { withCallLimit } from './http/with-call-limit.ts';
import { withLimit } from './http/with-limit.ts';
import { withPause } from './http/with-pause.ts';
import { withRetry } from './http/with-retry.ts';
import { CollectionCalls } from './scenario/collections/collection-calls.ts';
import { CollectionsApi } from './scenario/collections/collections-api.ts';
import { IdempotentCreate } from './scenario/collections/idempotent-create.ts';
import { createCursorCodecs } from './scenario/cursor.ts';
import { createUpstreamPath } from './scenario/upstream-path.ts';
import { buildSchema } from './schema/schema.ts';
import { AnswerCache } from './server/answers/answer-cache.ts';
import { createAuthenticator } from './server/auth/authenticator.ts';
import { DocumentStore } from './server/documents/document-store.ts';
import { openTrustedDocuments } from './server/documents/trusted/open-trusted-documents.ts';
import type { TrustedDocuments } from './server/documents/trusted/trusted-documents.ts';
import { createCors } from './server/edge/cors.ts';
import { createGraphiql } from './server/edge/graphiql.ts';
import { createListener } from './server/edge/listener.ts';
import { createGraphqlHandler } from './server/graphql-handler.ts';
import { createGraphQLServer, type GraphQLServer } from './server/graphql-server.ts';
import { CallerLimiter } from './server/limits/caller-limiter.ts';
import { LoginLimiter } from './server/limits/login-limiter.ts';
import type { Telemetry } from './server/request/telemetry.ts';
import type { Logger } from './shared/logger.ts';
import type { MetricSources } from './telemetry/gauges.ts';

/** A gateway that runs. */
export interface App {
  /** Where GraphQL is, for example `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** The upstream in use, without credentials. */
  readonly upstream: string;
  /** What metrics read at any moment. */
  readonly gauges: MetricSources;
  /** Stops: no new connections, what is in flight finishes, sockets to the upstream end. */
  stop(): Promise<void>;
}

/** What the app takes from its surroundings. */
export interface Surroundings {
  readonly logger: Logger;
  /** Folder of the GraphiQL assets that the build wrote. */
  readonly graphiqlFolder: string;
  /** Settings of the embedded sandbox. */
  readonly sandboxEnv: Environment;
  /** Metrics and traces. */
  readonly telemetry: Telemetry;
}

// 100 collections with long names and signed URLs fit many times; what is larger is no honest answer.
const MAX_ANSWER_BYTES = 1_048_576;

// Of reads and whole answers together.
const MAX_KEPT_BYTES = 64 * 1_048_576;

/**
 * Builds every part out of the configuration and starts to listen.
 * @throws when the port can't be had, the sandbox can't start or the trusted documents can't be read
 */
export async function startApp(config: Config, surroundings: Surroundings): Promise<App> {
  const { logger } = surroundings;
  const trusted = await openTrustedDocuments(config.trustedDocuments, logger);
  if (!trusted.ok) throw new ConfigError([`TRUSTED_DOCUMENTS ${trusted.failure}.`]);
  const upstream = await openUpstream(config.upstream, surroundings.sandboxEnv);
  const state = await openSharedState(config.redisUrl, upstream, config.upstreamTimeoutMs, logger);
  const calls = openCalls(config, upstream);
  const listener = createListener({
    graphql: createGraphqlHandler({
      graphql: buildGraphql(config, upstream, calls.send, state, trusted.value.documents, logger),
      authenticate: createAuthenticator(config.auth, logger),
      loginLimiter: new LoginLimiter(),
      logger,
      telemetry: surroundings.telemetry,
      deadlineMs: config.deadlineMs,
      maxBodyBytes: config.maxBodyBytes,
    }),
    ...edgeOptions(config, surroundings),
    degraded: () => [...(calls.gauges.breakerState() === 'closed' ? [] : ['upstream']), ...state.degraded()],
  });
  const { port } = await listener.listen(config.port, config.host);
  return {
    url: gatewayUrl(config.host, port),
    upstream: upstream.baseUrl.href,
    gauges: { ...calls.gauges, ...state.gauges },
    stop: async () => {
      await listener.drain();
      trusted.value.close();
      await calls.close();
      await state.close();
      await upstream.close();
    },
  };
}

function edgeOptions(config: Config, { logger, graphiqlFolder }: Surroundings) {
  const { drainDelayMs, deadlineMs, keepAliveMs } = config;
  return {
    drainDelayMs,
    deadlineMs,
    keepAliveMs,
    cors: createCors({
      origins: config.corsOrigins,
      allowsLoopback: config.mode === 'development',
      logger,
    }),
    graphiql: config.graphiql ? createGraphiql(graphiqlFolder) : null,
  };
}

/** The way of every call to the upstream, with all policies on it. */
function openCalls(config: Config, { baseUrl, key, secret }: Upstream) {
  const client = createClient({
    baseUrl,
    key,
    secret,
    timeoutMs: config.upstreamTimeoutMs,
    maxBodyBytes: MAX_ANSWER_BYTES,
  });
  const bulkhead = new Bulkhead(config.upstreamConnections);
  const breaker = withBreaker(withLimit(client.send, bulkhead), {
    attemptMs: config.upstreamTimeoutMs,
    operationMs: config.deadlineMs,
  });
  return {
    // From the outside in: each attempt of a retry passes the pause, the breaker and the queue again.
    send: withCallLimit(withRetry(withPause(breaker.send))),
    gauges: {
      queueDepth: () => bulkhead.waiting,
      callsInFlight: () => bulkhead.inUse,
      breakerState: breaker.state,
    },
    close: client.close,
  };
}

function buildGraphql(
  config: Config,
  { key, secret, projectId }: Upstream,
  send: Send,
  state: SharedState,
  trusted: TrustedDocuments,
  logger: Logger,
): GraphQLServer {
  const { epoch, reads: store } = state;
  const budget = new MemoryBudget(MAX_KEPT_BYTES);
  const memory = { epoch, ttlMs: config.cacheTtlMs, staleMs: config.staleIfErrorMs, store, budget };
  const api = new CollectionsApi(send, new CollectionCalls(createUpstreamPath(projectId)), memory);
  const schema = buildSchema();
  const { rateLimitPerMinute } = config;
  return createGraphQLServer({
    schema,
    source: {
      api,
      idempotentCreate: new IdempotentCreate(api, state.idempotency),
      cursors: createCursorCodecs(secret, ['collections', key, projectId ?? '']),
      maxPageWalk: config.maxPageWalk,
    },
    documents: new DocumentStore(schema, config.documentLimits, config.graphiql, config.fastPath),
    answers:
      config.cacheTtlMs === 0
        ? null
        : new AnswerCache(epoch, config.cacheTtlMs, budget, () => trusted.edition),
    trusted,
    rules: {
      maxUpstreamCalls: config.maxUpstreamCalls,
      inputLimits: { maxPageWalk: config.maxPageWalk, maxBulkIds: config.maxBulkIds },
      callerLimiter: rateLimitPerMinute === 0 ? null : new CallerLimiter(rateLimitPerMinute, state.counts),
    },
    logger,
    hideSuggestions: !config.graphiql,
    hasFastPath: config.fastPath,
  });
}
