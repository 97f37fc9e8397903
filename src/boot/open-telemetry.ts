import type { Config } from '../config/config.ts';
import { type ProxyRules, proxyFor } from '../http/proxy-rules.ts';
import type { Telemetry } from '../server/request/telemetry.ts';
import type { Logger } from '../shared/logger.ts';
import { type AdminListener, createAdminListener } from '../telemetry/admin-listener.ts';
import { combineTelemetry } from '../telemetry/combine.ts';
import type { MetricSources } from '../telemetry/gauges.ts';
import { createMetrics } from '../telemetry/metrics.ts';

/** Metrics and traces, as far as they are on. */
export interface Watch {
  readonly telemetry: Telemetry;
  /** Tells the metrics where to read what the app knows at any moment. */
  gauges(sources: MetricSources): void;
  /** Hands over what is left of the traces and closes the listener of the metrics. */
  stop(): Promise<void>;
}

/** Turns on metrics when they have a port, and traces, which are loaded in no other case, when they have a receiver. */
export async function watchGateway(config: Config, logger: Logger): Promise<Watch> {
  const metrics = config.adminPort === 0 ? null : createMetrics();
  const admin = metrics && (await openAdmin(metrics.render, config, logger));
  const tracing = config.collector && (await openTracing(config.collector, config.proxyRules, logger));
  return {
    telemetry: combineTelemetry(...[metrics, tracing].filter((telemetry) => telemetry !== null)),
    gauges: (sources) => metrics?.watch(sources),
    stop: async () => {
      await tracing?.shutdown();
      // Last, so that a drain can be watched.
      await admin?.close();
    },
  };
}

async function openTracing(collector: URL, proxyRules: ProxyRules, logger: Logger) {
  const { startTracing } = await import('../telemetry/tracing.ts');
  return startTracing(proxyFor(collector, proxyRules), logger);
}

/** Lets operators scrape what `render` gives. Metrics never keep the gateway from serving. */
async function openAdmin(
  render: () => Promise<string>,
  { adminPort, host }: Pick<Config, 'adminPort' | 'host'>,
  logger: Logger,
): Promise<AdminListener> {
  const admin = createAdminListener(render);
  await admin.listen(adminPort, host).catch((err: unknown) => {
    logger.error({ err }, `metrics are off: ADMIN_PORT ${adminPort} cannot be had`);
  });
  return admin;
}
