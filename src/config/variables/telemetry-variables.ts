import { z } from 'zod';
import { httpUrl, oneOf } from '../values.ts';
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
      'the collector of traces; turns tracing on',
    ),
    isDisabled: variable('OTEL_SDK_DISABLED', z.string().optional(), '`true` turns tracing off again'),
    headers: variable(
      'OTEL_EXPORTER_OTLP_HEADERS',
      z.string().optional(),
      'headers for the collector, `name=value` with commas between',
      { secretTexts: valuesOfHeaders },
    ),
    traceHeaders: variable(
      'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
      z.string().optional(),
      'the same, for traces alone',
      { secretTexts: valuesOfHeaders },
    ),
  });
}
