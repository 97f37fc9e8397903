import { describe, expect, test } from 'vitest';
import { parseProduction as parse } from './support/environment.ts';

const DIGEST = 'a0'.repeat(32);
const API_KEYS = JSON.stringify([{ name: 'web', sha256: DIGEST, scopes: ['collections:read'] }]);

describe('what no log line may hold', () => {
  test.each<[variable: string, value: string, secrets: readonly string[]]>([
    ['SCENARIO_SDK_API_KEY', 'the-key', ['the-key', 'the-key:canary-secret']],
    ['SCENARIO_SDK_API_SECRET', 'the-secret', ['the-secret', 'canary-key:the-secret']],
    ['AUTH_API_KEYS', API_KEYS, [API_KEYS, DIGEST]],
    ['REDIS_URL', 'redis://:p%40ss@redis:6379/1', ['redis://:p%40ss@redis:6379/1', 'p%40ss', 'p@ss']],
    ['REDIS_URL', 'rediss://me:p%40ss@redis', ['p@ss', 'me:p@ss']],
    ['REDIS_URL', 'redis+cluster://me:p%40ss@a,b:7000', ['p@ss', 'me:p@ss']],
    ['REDIS_URL', 'redis+sentinel://:p%40ss@a,b/main?sentinelPassword=s3cret', ['p@ss', 's3cret']],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'x-key=one,authorization=Basic%20two', ['one', 'Basic two']],
    ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'x-key=three', ['three']],
  ])('%s=%s', (variable, value, secrets) => {
    expect(parse({ [variable]: value }).secrets).toEqual(expect.arrayContaining([...secrets]));
  });

  test('no empty text, and nothing that is not secret', () => {
    expect(parse({}).secrets.toSorted()).toEqual(['canary-key', 'canary-key:canary-secret', 'canary-secret']);
  });
});
