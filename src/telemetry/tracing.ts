import { setTimeout as delay } from 'node:timers/promises';
import { defaultTextMapGetter, ROOT_CONTEXT } from '@opentelemetry/api';
import { getNumberFromEnv, getStringFromEnv, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  type Resource,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Telemetry } from '../server/request/telemetry.ts';
import type { Logger } from '../shared/logger.ts';
import { reportOutages } from './report-outages.ts';
import { readSampler } from './trace-sampler.ts';
import { TracedOperation } from './traced-operation.ts';

/** The gateway's traces, on their way to a collector. */
export interface Tracing extends Telemetry {
  /** Sends what is left, within 2 s; resolves always. */
  shutdown(): Promise<void>;
}

const NAME = 'scenario-collections-gateway';
const FLUSH_MS = 2_000;
// An operation's name is as long as its client likes.
const MAX_ATTRIBUTE_LENGTH = 256;
const PROTOCOL = 'http/json';

/**
 * Starts to trace to the collector that `OTEL_EXPORTER_OTLP_ENDPOINT` or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` names. The OpenTelemetry SDK reads this and the
 * other `OTEL_*` variables itself. A collector that is not there costs spans, never a request.
 * @param proxy on the way to the collector, if there is one
 */
export function startTracing(proxy: URL | null, logger: Logger): Tracing {
  warnOfProtocol(logger);
  const provider = new TracerProvider({
    resource: describeService(),
    sampler: readSampler(logger),
    spanLimits: { attributeValueLengthLimit: MAX_ATTRIBUTE_LENGTH },
    spanProcessors: [createBatches(reportOutages(createExporter(proxy), logger))],
  });
  const tracer = provider.getTracer(NAME);
  const propagator = new W3CTraceContextPropagator();
  return {
    operationStarted: (req, requestId) => {
      const parent = propagator.extract(ROOT_CONTEXT, req.headers, defaultTextMapGetter);
      return new TracedOperation(tracer, req, requestId, parent);
    },
    shutdown: async () => {
      const timeUp = new AbortController();
      // The loss of the last spans has been logged by the exporter.
      const flushed = provider.shutdown().catch(() => {});
      await Promise.race([flushed, delay(FLUSH_MS, null, { signal: timeUp.signal }).catch(() => {})]);
      timeUp.abort();
    },
  };
}

function createExporter(proxy: URL | null): OTLPTraceExporter {
  if (proxy === null) return new OTLPTraceExporter();
  return new OTLPTraceExporter({
    httpAgentOptions: { keepAlive: true, proxyEnv: { HTTPS_PROXY: proxy.href } },
  });
}

function describeService(): Resource {
  const detectors = [resourceAttributesEnvDetector, serviceNameEnvDetector, serviceInstanceIdDetector];
  return defaultResource()
    .merge(resourceFromAttributes({ 'service.name': NAME }))
    .merge(detectResources({ detectors }));
}

function createBatches(exporter: SpanExporter): BatchSpanProcessor {
  return new BatchSpanProcessor({
    exporter,
    ...positive('scheduledDelayMillis', 'OTEL_BSP_SCHEDULE_DELAY'),
    ...positive('exportTimeoutMillis', 'OTEL_BSP_EXPORT_TIMEOUT'),
    ...positive('maxQueueSize', 'OTEL_BSP_MAX_QUEUE_SIZE'),
    ...positive('maxExportBatchSize', 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE'),
  });
}

function positive<Option extends string>(option: Option, variable: string): Partial<Record<Option, number>> {
  const value = getNumberFromEnv(variable);
  if (value === undefined || !(value > 0)) return {};
  const given: Partial<Record<Option, number>> = {};
  given[option] = value;
  return given;
}

function warnOfProtocol(logger: Logger): void {
  const protocol =
    getStringFromEnv('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') ?? getStringFromEnv('OTEL_EXPORTER_OTLP_PROTOCOL');
  if (protocol !== undefined && protocol !== PROTOCOL)
    logger.warn({}, `OTEL_EXPORTER_OTLP_PROTOCOL is ignored: traces are sent as ${PROTOCOL}`);
}
