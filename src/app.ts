import { type Config, ConfigError, type Environment } from './config.ts';
import { createClient } from './http/client.ts';
import { withBreaker } from './http/with-breaker.ts';
import { withLimit } from './http/with-limit.ts';
import { withPause } from './http/with-pause.ts';
import { withRetry } from './http/with-retry.ts';
import { CollectionCalls } from './scenario/collection-calls.ts';
import { CollectionsApi } from './scenario/collections-api.ts';
import { createCursorCodec } from './scenario/cursor.ts';
import { buildSchema } from './schema/schema.ts';
import { createGraphiql } from './server/graphiql.ts';
import { createGraphQLServer } from './server/graphql-server.ts';
import { createListener } from './server/listener.ts';
import type { Logger } from './shared/logger.ts';

/** A gateway that runs. */
export interface App {
  /** Where GraphQL is, for example `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** The upstream in use, without credentials. */
  readonly upstream: string;
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
}

// 100 collections with long names and signed URLs fit many times; what is larger is no honest answer.
const MAX_ANSWER_BYTES = 1_048_576;

/**
 * Builds every part out of the configuration and starts to listen.
 * @throws when the port can't be had or the sandbox can't start
 */
export async function startApp(config: Config, surroundings: Surroundings): Promise<App> {
  const upstream = await openUpstream(config, surroundings);
  const client = createClient({
    baseUrl: upstream.baseUrl,
    key: upstream.key,
    secret: upstream.secret,
    connections: config.upstreamConnections,
    timeoutMs: config.upstreamTimeoutMs,
    maxBodyBytes: MAX_ANSWER_BYTES,
  });
  // From the outside in: each attempt of a retry passes the pause, the breaker and the queue again.
  const send = withRetry(withPause(withBreaker(withLimit(client.send, config.upstreamConnections))));
  const listener = createListener({
    graphql: createGraphQLServer({
      schema: buildSchema(),
      source: {
        api: new CollectionsApi(send, new CollectionCalls(upstream.projectId)),
        cursors: createCursorCodec(upstream.secret, ['collections', upstream.key, upstream.projectId ?? '']),
        maxPageWalk: config.maxPageWalk,
      },
      logger: surroundings.logger,
      maxBulkIds: config.maxBulkIds,
      maxBodyBytes: config.maxBodyBytes,
      corsOrigins: config.corsOrigins,
      isOpen: config.graphiql,
    }),
    graphiql: config.graphiql ? createGraphiql(surroundings.graphiqlFolder) : null,
    logger: surroundings.logger,
    deadlineMs: config.deadlineMs,
  });
  const { port } = await listener.listen(config.port, config.host);
  return {
    url: `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}/graphql`,
    upstream: upstream.baseUrl.href,
    stop: async () => {
      await listener.drain();
      await client.close();
      await upstream.close();
    },
  };
}

interface Upstream {
  readonly baseUrl: URL;
  readonly key: string;
  readonly secret: string;
  readonly projectId: string | null;
  close(): Promise<void>;
}

async function openUpstream({ upstream }: Config, { sandboxEnv }: Surroundings): Promise<Upstream> {
  if (upstream.kind === 'scenario') return { ...upstream, close: async () => {} };
  const [{ parseEmbeddedSandboxOptions }, { startSandbox }] = await Promise.all([
    import('./sandbox/sandbox-options.ts'),
    import('./sandbox/start-sandbox.ts'),
  ]);
  const parsed = parseEmbeddedSandboxOptions(sandboxEnv);
  if (!parsed.ok) throw new ConfigError(parsed.problems);
  const { url, credentials, close } = await startSandbox(parsed.options);
  return { baseUrl: new URL(url), ...credentials, projectId: null, close };
}
