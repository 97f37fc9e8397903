import { onTestFinished } from 'vitest';
import { startApp } from '../../src/app.ts';
import { createLogger } from '../../src/boot/open-logger.ts';
import { parseConfig } from '../../src/config/config.ts';
import type { Telemetry } from '../../src/server/request/telemetry.ts';
import type { MetricSources } from '../../src/telemetry/gauges.ts';
import { KEY, queryGateway, SECRET, type TestGateway } from '../support/gateway.ts';
import { type Answer, type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';

/** A gateway with telemetry before a scripted upstream, both for as long as the test runs. */
export interface WatchedGateway {
  readonly url: string;
  readonly upstream: ScriptedUpstream;
  readonly gauges: MetricSources;
  readonly query: TestGateway['query'];
}

/** Starts both. @param env further environment variables of the gateway */
export async function startWatchedGateway(
  telemetry: Telemetry,
  answer: Answer,
  env: Record<string, string> = {},
): Promise<WatchedGateway> {
  const upstream = await startScriptedUpstream(answer);
  const config = parseConfig(
    {
      SCENARIO_BASE_URL: upstream.url,
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
  const logger = createLogger({ logLevel: 'silent', secrets: [] }, { write: () => {} });
  const app = await startApp(config, {
    logger,
    graphiqlFolder: 'dist/graphiql',
    sandboxEnv: env,
    telemetry,
  });
  onTestFinished(async () => {
    await app.stop();
    await upstream.close();
  });
  return {
    url: app.url,
    upstream,
    gauges: app.gauges,
    query: (document, variables, init) => queryGateway(app.url, document, variables, init),
  };
}
