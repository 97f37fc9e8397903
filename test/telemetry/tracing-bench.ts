import { pino } from 'pino';
import { vi } from 'vitest';
import { startTracing, type Tracing } from '../../src/telemetry/tracing.ts';
import type { OtlpReceiver, ReceivedSpan } from './otlp-receiver.ts';

/** Traces to a collector, as if the process had been started so. */
export interface TracingBench {
  readonly tracing: Tracing;
  /** Whole log lines, as written. */
  readonly logLines: string[];
}

/** Starts tracing. @param env further `OTEL_*` variables */
export function startTracingBench(endpoint: string, env: Record<string, string> = {}): TracingBench {
  for (const [name, value] of Object.entries({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...env }))
    vi.stubEnv(name, value);
  const logLines: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void logLines.push(line) });
  return { tracing: startTracing(null, logger), logLines };
}

/** The one span whose name is this. @throws when there is none or more than one */
export function spanNamed({ spans }: OtlpReceiver, name: string): ReceivedSpan {
  const [span, ...others] = spans.filter((candidate) => candidate.name === name);
  if (!span || others.length > 0) {
    throw new Error(`not one span ${name} among ${spans.map((other) => other.name).join(', ')}`);
  }
  return span;
}
