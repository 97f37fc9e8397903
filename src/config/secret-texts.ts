import type { Environment } from './secret-files.ts';

/** Every text of the environment that no log line may hold; what is sent is often only a part of a secret. */
export function secretTexts(env: Environment): readonly string[] {
  const key = env['SCENARIO_SDK_API_KEY'] ?? '';
  const secret = env['SCENARIO_SDK_API_SECRET'] ?? '';
  const pair = key === '' || secret === '' ? '' : `${key}:${secret}`;
  const apiKeys = env['AUTH_API_KEYS'] ?? '';
  const redisUrl = env['REDIS_URL'] ?? '';
  const texts = [key, secret, pair, apiKeys, ...digestsIn(apiKeys), redisUrl, ...loginsIn(redisUrl)];
  return [...texts, ...TRACE_HEADERS.flatMap((name) => headerValuesIn(env[name] ?? ''))].filter(
    (text) => text !== '',
  );
}

// The SDK of OpenTelemetry reads these by itself.
const TRACE_HEADERS = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'];

function digestsIn(apiKeys: string): string[] {
  return apiKeys.match(/[0-9a-f]{64}/gi) ?? [];
}

function loginsIn(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { username, password } = new URL(url);
  if (password === '') return [];
  const plain = decode(password);
  return [password, plain, `${decode(username)}:${plain}`];
}

function headerValuesIn(list: string): string[] {
  return list.split(',').map((header) => decode(header.slice(header.indexOf('=') + 1).trim()));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
