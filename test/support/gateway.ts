import { Agent, fetch, type Headers, type RequestInit } from 'undici';
import { startApp } from '../../src/app.ts';
import { createLogger } from '../../src/boot/open-logger.ts';
import { parseConfig } from '../../src/config/config.ts';
import { combineTelemetry } from '../../src/telemetry/combine.ts';

export const KEY = 'canary-key-4711';
export const SECRET = 'canary-secret-0815';

/** An answer of the gateway at the wire. */
export interface GraphQLAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; tests look into it with `toMatchObject` and the like. */
  readonly body: GraphQLBody;
}

export interface GraphQLBody {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLErrorBody[];
}

export interface GraphQLErrorBody {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What can be set of a request, headers by name. */
export type QueryInit = Omit<RequestInit, 'headers'> & {
  readonly headers?: Readonly<Record<string, string>>;
};

/** A gateway in this process, as an operator would start it. */
export interface TestGateway extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/graphql` */
  readonly url: string;
  /** Whole log lines, as written. */
  readonly logLines: string[];
  query(document: string, variables?: object, init?: QueryInit): Promise<GraphQLAnswer>;
  /** Stops, as on a signal: who has a connection is waited for. */
  stop(): Promise<void>;
  /** Stops behind the last query: its connections are closed before, and nobody has to be waited for. */
  end(): Promise<void>;
}

/** Starts a gateway before the upstream at this base URL. @param env further environment variables */
export async function startGateway(
  upstreamUrl: string,
  env: Record<string, string> = {},
): Promise<TestGateway> {
  const logLines: string[] = [];
  const config = parseConfig(
    {
      SCENARIO_BASE_URL: upstreamUrl,
      SCENARIO_SDK_API_KEY: KEY,
      SCENARIO_SDK_API_SECRET: SECRET,
      HOST: '127.0.0.1',
      PORT: '0',
      AUTH_MODE: 'none',
      ...env,
    },
    () => {
      throw new Error('no secret files in this test');
    },
  );
  const logger = createLogger(
    { logLevel: 'trace', secrets: config.secrets },
    { write: (line) => void logLines.push(line) },
  );
  const telemetry = combineTelemetry();
  const app = await startApp(config, { logger, telemetry, graphiqlFolder: 'dist/graphiql', sandboxEnv: env });
  const dispatcher = new Agent();
  const end = (): Promise<void> => {
    if (!dispatcher.closed) void dispatcher.close();
    return app.stop();
  };
  return {
    url: app.url,
    logLines,
    query: (document, variables, init) => queryGateway(app.url, document, variables, { ...init, dispatcher }),
    stop: app.stop,
    end,
    [Symbol.asyncDispose]: end,
  };
}

/** Sends one operation as a front end would. */
export async function queryGateway(
  url: string,
  document: string,
  variables: object = {},
  init: QueryInit = {},
): Promise<GraphQLAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    body: JSON.stringify({ query: document, variables }),
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
}
