import { Cluster, type DNSLookupFunction, Redis } from 'ioredis';
import { assertNever } from '../shared/assert-never.ts';
import type { RedisTarget } from '../shared/redis-target.ts';
import type { RedisClient } from './shared-redis.ts';
import { superviseConnection } from './supervise-connection.ts';

const CONNECT_TIMEOUT_MS = 1_000;
const MAX_RECONNECT_DELAY_MS = 1_000;
// While a failover lasts, every command may be refused by who is no longer the one to ask.
const MIN_RECONNECT_INTERVAL_MS = 500;
// How soon a cluster's new master is found when none of the old nodes tells.
const SLOTS_REFRESH_MS = 2_000;
const MAX_REDIRECTIONS = 4;

// Of a connection that is no part of a cluster.
const ALONE = { enableOfflineQueue: false, retryStrategy };
// Certificates are made for names, so names must not be replaced by addresses.
const keepNames: DNSLookupFunction = (host, done) => done(null, host);

/** Opens a connection that supervises itself. It is made in the background, and made again whenever it is lost. */
export function openClient(target: RedisTarget): RedisClient {
  switch (target.kind) {
    case 'single':
      return supervised(new Redis({ ...singleOptionsOf(target), ...ALONE }));
    case 'sentinel':
      return supervised(new Redis({ ...sentinelOptionsOf(target), ...ALONE }));
    case 'cluster': {
      const cluster = new Cluster([...target.nodes], clusterOptionsOf(target));
      cluster.on('+node', superviseConnection);
      return cluster;
    }
    default:
      return assertNever(target);
  }
}

function supervised(redis: Redis): Redis {
  superviseConnection(redis);
  return redis;
}

function optionsOf({ username, password, isEncrypted }: RedisTarget) {
  return {
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    ...(isEncrypted ? { tls: {} } : {}),
    connectTimeout: CONNECT_TIMEOUT_MS,
    disconnectTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    // A command that may have been carried out is not sent again.
    autoResendUnfulfilledCommands: false,
    reconnectOnError: createReconnectRule(),
  };
}

function singleOptionsOf(target: Extract<RedisTarget, { kind: 'single' }>) {
  return { ...optionsOf(target), host: target.host, port: target.port, db: target.database };
}

function sentinelOptionsOf(target: Extract<RedisTarget, { kind: 'sentinel' }>) {
  const { sentinels, name, database, isEncrypted, sentinelLogin } = target;
  return {
    ...optionsOf(target),
    sentinels: [...sentinels],
    name,
    db: database,
    ...(sentinelLogin.username === null ? {} : { sentinelUsername: sentinelLogin.username }),
    ...(sentinelLogin.password === null ? {} : { sentinelPassword: sentinelLogin.password }),
    ...(isEncrypted ? { sentinelTLS: {}, enableTLSForSentinelMode: true } : {}),
    sentinelCommandTimeout: CONNECT_TIMEOUT_MS,
    sentinelRetryStrategy: retryStrategy,
  };
}

function clusterOptionsOf(target: RedisTarget) {
  return {
    redisOptions: optionsOf(target),
    enableOfflineQueue: false,
    clusterRetryStrategy: retryStrategy,
    slotsRefreshTimeout: CONNECT_TIMEOUT_MS,
    slotsRefreshInterval: SLOTS_REFRESH_MS,
    // What failed is not sent again behind the back of who was told so; only a redirection is followed.
    maxRedirections: MAX_REDIRECTIONS,
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    retryDelayOnTryAgain: 0,
    ...(target.isEncrypted ? { dnsLookup: keepNames } : {}),
  };
}

// A managed failover leaves the connection to who was the primary: only a new one leads to who is it now.
function createReconnectRule(): (error: Error) => boolean {
  let reconnectedAt = Number.NEGATIVE_INFINITY;
  return ({ message }) => {
    const isElsewhere = /\b(READONLY|MASTERDOWN)\b/.test(message);
    if (!isElsewhere || performance.now() - reconnectedAt < MIN_RECONNECT_INTERVAL_MS) return false;
    reconnectedAt = performance.now();
    return true;
  };
}

function retryStrategy(times: number): number {
  return Math.min(times * 50, MAX_RECONNECT_DELAY_MS);
}
