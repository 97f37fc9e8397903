import { gatewayUrl } from './boot/gateway-url.ts';
import { type OpenAccounts, openAccounts } from './boot/open-accounts.ts';
import { openSharedState, type SharedState } from './boot/open-shared-state.ts';
import { type EmbeddedSandbox, openUpstream } from './boot/open-upstream.ts';
import { problemsOfContents } from './boot/read-config.ts';
import { KeyBudget } from './cache/key-budget.ts';
import { MemoryBudget } from './cache/memory-budget.ts';
import { type Config, ConfigError, type Environment } from './config/config.ts';
import { buildSchema } from './schema/schema.ts';
import { createAuthenticator } from './server/auth/authenticator.ts';
import { DocumentStore } from './server/documents/document-store.ts';
import {
  type OpenTrustedDocuments,
  openTrustedDocuments,
} from './server/documents/trusted/open-trusted-documents.ts';
import type { TrustedDocuments } from './server/documents/trusted/trusted-documents.ts';
import { createCors } from './server/edge/cors.ts';
import { createGraphiql } from './server/edge/graphiql.ts';
import { createListener } from './server/edge/listener.ts';
import { createSandboxMount } from './server/edge/sandbox-mount.ts';
import { WaitingAnswers } from './server/edge/waiting-answers.ts';
import { createGraphqlHandler } from './server/graphql-handler.ts';
import { createGraphQLServer, type GraphQLServer } from './server/graphql-server.ts';
import { CallerLimiter } from './server/limits/caller-limiter.ts';
import { LoginLimiter } from './server/limits/login-limiter.ts';
import type { Telemetry } from './server/request/telemetry.ts';
import type { Logger, OperationLogger } from './shared/logger.ts';
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
  readonly logger: OperationLogger;
  /** Folder of the GraphiQL assets that the build wrote. */
  readonly graphiqlFolder: string;
  /** Settings of the embedded sandbox. */
  readonly sandboxEnv: Environment;
  /** Metrics and traces. */
  readonly telemetry: Telemetry;
}

// Of reads and whole answers together.
const MAX_KEPT_BYTES = 64 * 1_048_576;
// What thousands of collections with long names and signed URLs take, several times over.
const MAX_INDEX_BYTES = 64 * 1_048_576;
// In characters: page tokens may be long.
const MAX_IN_FLIGHT_KEYS = 16 * 1_048_576;
// Of answers that their callers have not taken yet.
const MAX_WAITING_BYTES = 64 * 1_048_576;

/**
 * Builds every part out of the configuration and starts to listen.
 * @throws when the port can't be had, the sandbox can't start or the trusted documents can't be read
 */
export async function startApp(config: Config, surroundings: Surroundings): Promise<App> {
  const { logger } = surroundings;
  const trusted = await openDocuments(config, surroundings);
  let { port } = config;
  const ownUrl = () => `http://localhost:${port}`;
  const upstream = await openUpstream(config.upstream, surroundings.sandboxEnv, ownUrl);
  const state = await openSharedState(config.redis, upstream, config.upstreamTimeoutMs, logger);
  const accounts = openAccounts(config, upstream, state, {
    baseUrl: upstream.baseUrl,
    reads: new MemoryBudget(MAX_KEPT_BYTES),
    inFlightKeys: new KeyBudget(MAX_IN_FLIGHT_KEYS),
    index: new MemoryBudget(MAX_INDEX_BYTES),
    edition: () => trusted.documents.edition,
  });
  const waiting = new WaitingAnswers(MAX_WAITING_BYTES, logger);
  const listener = createListener({
    graphql: createHandler(
      config,
      surroundings,
      buildGraphql(config, { accounts, state, waiting, trusted: trusted.documents }, logger),
    ),
    waiting,
    ...edgeOptions(config, surroundings, upstream.sandbox),
    degraded: () => [...accounts.degraded(), ...state.degraded()],
  });
  ({ port } = await listener.listen(config.port, config.host));
  return {
    url: gatewayUrl(config.host, port),
    upstream: upstream.baseUrl.href,
    gauges: { accounts: accounts.gauges, ...state.gauges },
    stop: async () => {
      await listener.drain();
      trusted.close();
      await accounts.close();
      await state.close();
      await upstream.close();
    },
  };
}

async function openDocuments(
  config: Config,
  { logger, sandboxEnv }: Surroundings,
): Promise<OpenTrustedDocuments> {
  const trusted = await openTrustedDocuments(config.trustedDocuments, logger);
  if (trusted.ok) return trusted.value;
  const contents = { upstreamKind: config.upstream.kind, trustedDocuments: config.trustedDocuments.path };
  throw new ConfigError(await problemsOfContents(contents, sandboxEnv));
}

function edgeOptions(
  config: Config,
  { logger, graphiqlFolder }: Surroundings,
  sandbox: EmbeddedSandbox | null,
) {
  const isDevelopment = config.mode === 'development';
  const { drainDelayMs, deadlineMs, keepAliveMs } = config;
  return {
    drainDelayMs,
    deadlineMs,
    keepAliveMs,
    cors: createCors({
      origins: config.corsOrigins,
      allowsLoopback: isDevelopment,
      // The switches of the sandbox take PUT and DELETE.
      methods: isDevelopment ? 'GET, POST, PUT, DELETE' : 'GET, POST',
      logger,
    }),
    graphiql: config.graphiql ? createGraphiql(graphiqlFolder, () => sandbox?.publicUrl() ?? null) : null,
    sandbox: sandbox && createSandboxMount(sandbox.fetch, isDevelopment),
  };
}

function createHandler(config: Config, { logger, telemetry }: Surroundings, graphql: GraphQLServer) {
  const { deadlineMs, maxBodyBytes } = config;
  return createGraphqlHandler({
    graphql,
    authenticate: createAuthenticator(config.auth, logger),
    loginLimiter: new LoginLimiter(),
    logger,
    telemetry,
    deadlineMs,
    maxBodyBytes,
  });
}

interface GraphqlParts {
  readonly accounts: OpenAccounts;
  readonly state: SharedState;
  readonly waiting: WaitingAnswers;
  readonly trusted: TrustedDocuments;
}

function buildGraphql(config: Config, parts: GraphqlParts, logger: Logger): GraphQLServer {
  const { accounts, state, waiting, trusted } = parts;
  const schema = buildSchema();
  const { rateLimitPerMinute, maxPageWalk, maxBulkIds, maxUpstreamCalls } = config;
  return createGraphQLServer({
    schema,
    accountOf: ({ account }) => accounts.of(account),
    documents: new DocumentStore(schema, config.documentLimits, config.graphiql, config.fastPath),
    trusted,
    rules: {
      maxUpstreamCalls,
      inputLimits: { maxPageWalk, maxBulkIds },
      callerLimiter: rateLimitPerMinute === 0 ? null : new CallerLimiter(rateLimitPerMinute, state.counts),
    },
    logger,
    waiting,
    maxAnswerBytes: config.maxAnswerBytes,
    hideSuggestions: !config.graphiql,
    hasFastPath: config.fastPath,
  });
}
