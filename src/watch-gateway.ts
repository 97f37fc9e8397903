import type { Config } from './config.ts';
import type { Telemetry } from './server/telemetry.ts';
import type { Logger } from './shared/logger.ts';
import { createAdminListener } from './telemetry/admin-listener.ts';
import { combineTelemetry } from './telemetry/combine.ts';
import type { MetricSources } from './telemetry/gauges.ts';
import { createMetrics } from './telemetry/metrics.ts';

/** Metrics and traces, as far as they are on. */
export interface Watch {
  readonly telemetry: Telemetry;
  /** Tells the metrics where to read what the app knows at any moment. */
  gauges(sources: MetricSources): void;
  /** Hands over what is left of the traces and closes the listener of the metrics. */
  stop(): Promise<void>;
}

/** Turns on metrics when they have a port, and traces, which are loaded in no other case, when they have a receiver. */
export async function watchGateway({ adminPort, host, hasTracing }: Config, logger: Logger): Promise<Watch> {
  const metrics = adminPort === 0 ? null : createMetrics();
  const admin = metrics && createAdminListener(metrics.render);
  // Metrics never keep the gateway from serving.
  await admin?.listen(adminPort, host).catch((err: unknown) => {
    logger.error({ err }, `metrics are off: ADMIN_PORT ${adminPort} can not be had`);
  });
  const tracing = hasTracing ? (await import('./telemetry/tracing.ts')).startTracing(logger) : null;
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
