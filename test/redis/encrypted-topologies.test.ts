import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { beforeAll, expect, onTestFinished } from 'vitest';
import { startRedisCluster } from '../support/redis-cluster.ts';
import { startWatchedRedis } from '../support/redis-sentinels.ts';
import { type RedisTls, startRedis } from '../support/redis-server.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { type Identity, makeCertificates } from '../support/tls-server.ts';
import { isDegraded, openReplicas, SHARED, share, untilShared } from './shared-by-all.ts';

const certificates = makeCertificates();
const trusted = tls.getCACertificates();
let valid: RedisTls;
let wrongHost: RedisTls;

beforeAll(async () => {
  tls.setDefaultCACertificates([...trusted, certificates.authority]);
  const folder = await mkdtemp(join(tmpdir(), 'redis-tls-'));
  valid = await writeIdentity(join(folder, 'valid-'), certificates.valid);
  wrongHost = await writeIdentity(join(folder, 'wrong-'), certificates.wrongHost);
  return async () => {
    tls.setDefaultCACertificates(trusted);
    await rm(folder, { recursive: true });
  };
});

async function writeIdentity(prefix: string, { cert, key }: Identity): Promise<RedisTls> {
  const folder = await mkdtemp(prefix);
  const files = { 'cert.pem': cert, 'key.pem': key, 'authority.pem': certificates.authority };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return { folder };
}

async function startOne(): Promise<string> {
  const { url, kill } = await startRedis([], valid);
  onTestFinished(kill);
  return url;
}

test.each([
  ['Redis', startOne],
  ['Redis Cluster', async () => (await startRedisCluster(valid)).url],
  ['Redis with Sentinel', async () => (await startWatchedRedis(valid)).url],
])('over %s that speaks TLS alone, everything is shared', { timeout: 120_000 }, async (_kind, start) => {
  const url = await start();
  expect(url).toMatch(/^rediss/);
  const replicas = await openReplicas(url);
  await untilShared(replicas);
  expect(await share(replicas, 'encrypted')).toEqual(SHARED);
});

test('nothing is shared with a Redis whose certificate is for another host', {
  timeout: 60_000,
}, async () => {
  await using redis = await startRedis([], wrongHost);
  const replicas = await openReplicas(redis.url);
  expect(await share(replicas, 'alone')).not.toEqual(SHARED);
  expect([await isDegraded(replicas.first), await isDegraded(replicas.second)]).toEqual([true, true]);
});
