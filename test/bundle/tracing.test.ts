import { expect, it } from 'vitest';
import { startOtlpReceiver } from '../telemetry/otlp-receiver.ts';
import { startProcess } from './gateway-process.ts';

/** Names of the spans that the bundle sends with these variables, from its start to its end. */
async function spansOf(env: (collector: string) => Record<string, string>): Promise<string[]> {
  const receiver = await startOtlpReceiver();
  const { query, signal, ending } = await startProcess({ UPSTREAM: 'sandbox', ...env(receiver.url) });
  expect((await query('{ collections(first: 1) { nodes { id } } }')).status).toBe(200);
  signal('SIGTERM');
  expect((await ending).code).toBe(0);
  return receiver.spans.map(({ name }) => name);
}

it.each<[name: string, env: (collector: string) => Record<string, string>]>([
  ['OTEL_EXPORTER_OTLP_ENDPOINT', (url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url })],
  [
    'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    (url) => ({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/v1/traces` }),
  ],
  [
    'an exporter that is named',
    (url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_TRACES_EXPORTER: 'otlp', OTEL_SDK_DISABLED: 'false' }),
  ],
])('traces are sent with %s', async (_name, env) => {
  expect(await spansOf(env)).toContain('GET collections.list');
});

const both = (url: string) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/v1/traces`,
});

it.each([
  { OTEL_TRACES_EXPORTER: 'none' },
  { OTEL_TRACES_EXPORTER: 'None' },
  { OTEL_SDK_DISABLED: 'true' },
  { OTEL_SDK_DISABLED: 'TRUE' },
])('no trace is sent with %j', async (off) => {
  expect(await spansOf((url) => ({ ...both(url), ...off }))).toEqual([]);
});
