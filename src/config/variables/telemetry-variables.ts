import type { z } from 'zod';
import { httpUrl, oneOf, text } from '../values.ts';
import { valuesOfHeaders } from './secrets.ts';
import { group, variable } from './variable.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export function logVariables() {
  return group('Logs', {
    logLevel: variable(
      'LOG_LEVEL',
      oneOf(LOG_LEVELS).default('info'),
      LOG_LEVELS.map((level) => `\`${level}\``).join(', '),
    ),
  });
}

/** The SDK of OpenTelemetry reads these by itself as well, and others of its own. */
export function traceVariables() {
  return group('Traces', {
    endpoint: variable(
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      httpUrl.optional(),
      'the collector, to which `/v1/traces` is added; turns tracing on',
    ),
    traceEndpoint: variable(
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
      httpUrl.optional(),
      'where the collector takes traces, as it is; turns tracing on as well',
    ),
    exporter: variable('OTEL_TRACES_EXPORTER', text.default('otlp'), '`none` turns tracing off'),
    isDisabled: variable('OTEL_SDK_DISABLED', text.default('false'), '`true` turns tracing off'),
    headers: variable(
      'OTEL_EXPORTER_OTLP_HEADERS',
      text.optional(),
      'headers for the collector, `name=value` with commas between',
      { secretTexts: valuesOfHeaders },
    ),
    traceHeaders: variable(
      'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
      text.optional(),
      'the same, for traces alone',
      {
        secretTexts: valuesOfHeaders,
      },
    ),
  });
}

/** Where traces are sent; `null` when they are off. In the variables that turn them off, case does not count. */
export function collectorOf(traces: z.output<ReturnType<typeof traceVariables>>): URL | null {
  const { endpoint, traceEndpoint, exporter, isDisabled } = traces;
  if (exporter.toLowerCase() === 'none' || isDisabled.toLowerCase() === 'true') return null;
  return traceEndpoint ?? endpoint ?? null;
}
