import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { describe, expect } from 'vitest';
import { COLLECTION_NAME, CREATE, leaksIn, READ, REDIS_PASSWORD } from '../boot/canaries.ts';
import { oneCollection } from '../support/front-door.ts';
import { startGateway } from '../support/gateway.ts';
import { startRedis } from '../support/redis-server.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';

const PASSWORD = encodeURIComponent(REDIS_PASSWORD);
const WARNING = /"msg":"[^"]*Redis/;
const USER = ['ACL', 'SETUSER', 'gateway', 'on', `>${REDIS_PASSWORD}`] as const;

/** Does all that touches Redis through a gateway with this URL, and gives its log. */
async function logWith(redisUrl: string): Promise<readonly string[]> {
  const upstream = await startScriptedUpstream(() => oneCollection({ name: COLLECTION_NAME }));
  const env = { REDIS_URL: redisUrl, CACHE_TTL_MS: '60000', RATE_LIMIT_PER_MINUTE: '1000' };
  const gateway = await startGateway(upstream.url, env);
  for (const document of [READ, CREATE, READ, CREATE]) await gateway.query(document);
  await delay(100);
  await gateway.stop();
  await upstream.close();
  return gateway.logLines;
}

describe.concurrent('nothing secret gets into the log when Redis', () => {
  test.each<[failure: string, login: string, prepare: (admin: Redis) => Promise<unknown>]>([
    ['has another password', `:${PASSWORD}@`, (admin) => admin.config('SET', 'requirepass', 'other')],
    ['wants a password and is given none', '', (admin) => admin.config('SET', 'requirepass', 'other')],
    ['does not know the user', `canary-user:${PASSWORD}@`, async () => {}],
    ['forbids to write', `gateway:${PASSWORD}@`, (admin) => admin.call(...USER, '~*', '+@all', '-@write')],
    ['forbids the keys', `gateway:${PASSWORD}@`, (admin) => admin.call(...USER, '+@all')],
    ['forbids everything', `gateway:${PASSWORD}@`, (admin) => admin.call(...USER)],
    ['is full', '', (admin) => admin.config('SET', 'maxmemory', '1')],
    ['is a replica that only reads', '', (admin) => admin.replicaof('127.0.0.1', '1')],
  ])('%s', async (_failure, login, prepare) => {
    await using redis = await startRedis();
    const admin = new Redis(redis.url);
    await prepare(admin);
    admin.disconnect();
    const log = await logWith(redis.url.replace('//', `//${login}`));
    expect(leaksIn(log)).toEqual([]);
    expect(log.join('')).toMatch(WARNING);
  });

  test('wants no password', async () => {
    await using redis = await startRedis();
    expect(leaksIn(await logWith(redis.url.replace('//', `//:${PASSWORD}@`)))).toEqual([]);
  });

  test.each<[failure: string, reply: (command: string) => string]>([
    [
      'does not know commands and repeats their arguments',
      (command) =>
        /auth|info|client/i.test(command)
          ? '+OK\r\n'
          : `-ERR unknown command, with args beginning with: ${command.replaceAll(/\s+/g, ' ')}\r\n`,
    ],
    [
      'repeats the password in an error',
      () => `-ERR ${REDIS_PASSWORD} ${Buffer.from(REDIS_PASSWORD).toString('base64')}\r\n`,
    ],
    ['speaks HTTP', () => `HTTP/1.1 400 ${REDIS_PASSWORD}\r\n\r\n`],
  ])('%s', async (_failure, reply) => {
    await using server = await startForger(reply);
    const log = await logWith(`redis://:${PASSWORD}@127.0.0.1:${server.port}`);
    expect(leaksIn(log)).toEqual([]);
    expect(log.join('')).toMatch(WARNING);
  });
});

const COMMANDS = /(?=^\*\d+\r$)/m;

/** A server that answers each command as if it were Redis. */
async function startForger(reply: (command: string) => string) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => {})
      .on('data', (sent) => {
        for (const command of sent.toString().split(COMMANDS)) socket.write(reply(command));
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' ? address?.port : undefined,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
