import { ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { errorCode } from '../http/error-code.ts';
import type { Logger } from '../shared/logger.ts';

/** Wraps an exporter: the log is told once when spans stop getting through, and once when they do again. */
export function reportOutages(exporter: SpanExporter, logger: Logger): SpanExporter {
  let isFailing = false;
  return {
    export: (spans, onResult) =>
      exporter.export(spans, (result) => {
        const failed = result.code !== ExportResultCode.SUCCESS;
        if (failed && !isFailing) logger.warn(describe(result.error), 'traces do not reach the collector');
        if (!failed && isFailing) logger.info({}, 'traces reach the collector again');
        isFailing = failed;
        onResult(result);
      }),
    shutdown: () => exporter.shutdown(),
  };
}

function describe(error: Error | undefined): Readonly<Record<string, unknown>> {
  if (error && 'code' in error && typeof error.code === 'number') return { status: error.code };
  return error ? { errorCode: errorCode(error) } : {};
}
