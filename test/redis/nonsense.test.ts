import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { creates } from '../support/creates.ts';
import { type FakeRedis, honest, resp, scriptOf, startFakeRedis } from '../support/fake-redis.ts';
import { startGateway } from '../support/gateway.ts';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { nameKeeper, READ, RENAME } from './replica-pair.ts';

const CREATE = `mutation ($key: String!) {
  createCollection(input: { name: "Props", idempotencyKey: $key }) {
    ... on CreateCollectionPayload { collection { scenarioId } }
  }
}`;

async function openUpstream() {
  const [keeper, creator] = [nameKeeper(), creates()];
  const upstream = await startScriptedUpstream((request) =>
    request.method === 'POST' ? creator(request) : keeper(request),
  );
  onTestFinished(upstream.close);
  return upstream;
}

async function openGateway(redis: FakeRedis, env: Record<string, string> = {}, existing?: ScriptedUpstream) {
  const upstream = existing ?? (await openUpstream());
  const gateway = await startGateway(upstream.url, { REDIS_URL: redis.url, ...env });
  onTestFinished(gateway.end);
  const posts = () => upstream.requests.filter(({ method }) => method === 'POST').length;
  return { ...gateway, posts };
}

const isClaim = (command: readonly string[]) => {
  const { script, key } = scriptOf(command);
  return key.startsWith('scg:create') && script.includes("'NX'");
};

/** Every form that a reply to a claim must not have. */
const NO_CLAIMS: [what: string, reply: (call: string, text: string, key: string) => string][] = [
  ['1', () => ':1\r\n'],
  ['0', () => ':0\r\n'],
  ['OK', () => '+OK\r\n'],
  ['QUEUED', () => '+QUEUED\r\n'],
  ['nothing', () => '$-1\r\n'],
  ['nothing in RESP 3', () => '_\r\n'],
  ['true', () => '#t\r\n'],
  ['a text', (_call, text) => resp(text)],
  ['the number of the call', (call) => resp(call)],
  ['an empty list', () => '*0\r\n'],
  ['a list with OK', () => resp(['OK'])],
  ['a list of the call alone', (call) => resp([call])],
  ['a list of the call and 1', (call) => resp([call, 1])],
  ['a list of the call and nothing', (call) => resp([call, null, 1])],
  ['a list of the call and OK', (call) => resp([call, 'OK', 1])],
  ['a list of the call and the claim, without a time', (call, text) => resp([call, text])],
  ['a list of the call as a number', (call, text) => resp([Number(call), text, 1])],
  ['the claim of another call', (call, text) => resp([String(Number(call) - 1), text, 1])],
  ['the record of another key', (call, text, key) => resp([call, text.replace(key, `${key}x`), 1])],
  ['a record without who wrote it', (call, text) => resp([call, text.replace('"claimId"', '"x"'), 1])],
  ['a map', (_call, text) => `%1\r\n+OK\r\n${resp(text)}`],
  ['an error', () => '-ERR no\r\n'],
  ['what is no RESP', () => 'HTTP/1.1 200 OK\r\n\r\n'],
];

test.each(NO_CLAIMS)('a claim that is answered with %s is none: nothing is created', async (_what, reply) => {
  const redis = await startFakeRedis();
  const gateway = await openGateway(redis);
  redis.spoil = (text, command) => {
    const { key, call, args } = scriptOf(command);
    return isClaim(command) ? reply(call, args[0] ?? '', key) : text;
  };
  const refused = await gateway.query(CREATE, { key: 'key-1' });
  expect([refused.text.includes('"code":"OVERLOADED"'), gateway.posts()]).toEqual([true, 0]);
  redis.spoil = honest;
  // The claim was taken back, though Redis may have stored it: the same key can be used.
  await expect
    .poll(async () => (await gateway.query(CREATE, { key: 'key-1' })).text, {
      timeout: 10_000,
      interval: 200,
    })
    .toContain('"scenarioId":"col_1"');
});

/** What may come though nobody asked. */
const UNASKED: [what: string, bytes: string][] = [
  ['OK', '+OK\r\n'],
  ['nothing', '$-1\r\n'],
  ['nothing in RESP 3', '_\r\n'],
  ['an empty list', '*0\r\n'],
  ['an error', '-ERR no\r\n'],
  ['an empty push', '>0\r\n'],
  ['a push of nothing', '>1\r\n_\r\n'],
  ['a push', '>2\r\n+invalidate\r\n*1\r\n+key\r\n'],
  ['a push without its channel', '>1\r\n+subscribe\r\n'],
  ['a message', '>3\r\n+message\r\n+channel\r\n+text\r\n'],
  ['what is no RESP', '\u0000\u0001\r\n'],
];

describe.each(UNASKED)('%s that nobody asked for', (_what, bytes) => {
  test('does no harm while nothing is asked', async () => {
    const redis = await startFakeRedis();
    const gateway = await openGateway(redis, { CACHE_TTL_MS: '60000' });
    const before = redis.connections;
    redis.say(bytes);
    await expect.poll(() => redis.connections, { timeout: 5_000 }).toBeGreaterThan(before);
    await expect
      .poll(async () => (await gateway.query(CREATE, { key: 'key-1' })).text, { timeout: 5_000 })
      .toContain('"scenarioId":"col_1"');
    expect(gateway.posts()).toBe(1);
  });

  test('is no claim, in front of the reply to one', async () => {
    const redis = await startFakeRedis();
    const gateway = await openGateway(redis);
    redis.values.clear();
    // Another one has the key already: whatever comes first, it is not this one's.
    redis.spoil = (text, command) => {
      if (!isClaim(command)) return text;
      const { call, args } = scriptOf(command);
      return bytes + resp([call, args[0]?.replace(/"claimId":"[^"]*"/, '"claimId":"other"') ?? '', 60_000]);
    };
    const answers = await Promise.all(
      ['key-1', 'key-2'].map(async (key) => (await gateway.query(CREATE, { key })).text),
    );
    expect([answers.filter((text) => text.includes('col_')), gateway.posts()]).toEqual([[], 0]);
  });
});

test.each<[what: string, reply: (call: string) => string]>([
  ['1', () => ':1\r\n'],
  ['OK', () => '+OK\r\n'],
  ['nothing', () => '$-1\r\n'],
  ['a list of the call and a number', (call) => resp([call, 1, 1])],
  ['a name of another form', (call) => resp([call, 'the same for ever 0', 1])],
  ['a name without a time', (call) => resp([call, '00000000-0000-0000-0000-000000000000', 1])],
  ['the reply to an earlier command', (call) => resp([String(Number(call) - 1), null, 1])],
])('an epoch that is answered with %s is none: each replica sees its own writes', async (_what, reply) => {
  const redis = await startFakeRedis();
  const gateway = await openGateway(redis, { CACHE_TTL_MS: '60000' });
  redis.spoil = (text, command) => {
    const { key, call } = scriptOf(command);
    return key.startsWith('scg:epoch') ? reply(call) : text;
  };
  for (const name of ['one', 'two', 'three']) {
    await gateway.query(READ);
    await gateway.query(RENAME, { name });
    expect((await gateway.query(READ)).text).toContain(`"${name}"`);
  }
  redis.spoil = honest;
  await delay(300);
  await gateway.query(RENAME, { name: 'four' });
  expect((await gateway.query(READ)).text).toContain('"four"');
});

/** Two replicas, the first of which has stored what it read. */
async function openStored() {
  const redis = await startFakeRedis();
  const upstream = await openUpstream();
  const [first, second] = [
    await openGateway(redis, { CACHE_TTL_MS: '60000' }, upstream),
    await openGateway(redis, { CACHE_TTL_MS: '60000' }, upstream),
  ];
  await first.query(READ);
  await expect.poll(() => [...redis.values.keys()].some((key) => key.startsWith('scg:read'))).toBe(true);
  return { redis, second, upstream };
}

test.each<[what: string, reply: (call: string, stored: string) => string]>([
  ['1', () => ':1\r\n'],
  ['OK', () => '+OK\r\n'],
  ['an empty list', () => '*0\r\n'],
  ['a text', (_call, stored) => resp(stored)],
  ['no time', (call, stored) => resp([call, null, stored])],
  ['a time as a text', (call, stored) => resp([call, '60000', stored])],
  ['the reply to another command', (call, stored) => resp([`${call}0`, 60_000, stored])],
])('a value that is answered with %s is none', async (_what, reply) => {
  const { redis, second, upstream } = await openStored();
  redis.spoil = (text, command) => {
    const { script, key, call } = scriptOf(command);
    const stored = redis.values.get(key)?.replace('"old"', '"spoilt"') ?? '';
    return script.includes("'GETRANGE'") ? reply(call, stored) : text;
  };
  expect((await second.query(READ)).text).toContain('"old"');
  expect(upstream.requests).toHaveLength(2);
});

test('a value is used that is answered as it should be', async () => {
  const { second, upstream } = await openStored();
  expect((await second.query(READ)).text).toContain('"old"');
  expect(upstream.requests).toHaveLength(1);
});

/** Every form that a reply to the claim of a read must not have. */
const NO_READ_CLAIMS: [what: string, reply: (call: string, token: string) => string][] = [
  ['1', () => ':1\r\n'],
  ['OK', () => '+OK\r\n'],
  ['nothing', () => '$-1\r\n'],
  ['an error', () => '-ERR no\r\n'],
  ['its token alone', (_call, token) => resp(token)],
  ['the call and 1', (call) => resp([call, 1])],
  ['the call and the token of another', (call, token) => resp([call, `${token}0`])],
  ['the call and nothing', (call) => resp([call, null])],
  ['the reply to another command', (call) => resp([`${call}0`, 'taken'])],
  ['stored, though nothing is', (call) => resp([call, 'stored'])],
];

test.each(NO_READ_CLAIMS)(
  'the claim of a read that is answered with %s holds nothing up, and is none',
  async (_what, reply) => {
    const redis = await startFakeRedis();
    const upstream = await openUpstream();
    const gateway = await openGateway(redis, { CACHE_TTL_MS: '60000' }, upstream);
    let used = 0;
    redis.spoil = (text, command) => {
      const { script, key, call, args } = scriptOf(command);
      if (script.includes("'taken'")) return reply(call, args[0] ?? '');
      // One that is used is given back: by itself, or together with the text.
      const givesBack = key.startsWith('scg:claim') || (key.startsWith('scg:read') && args.length > 2);
      if (givesBack) used += 1;
      return text;
    };
    expect((await gateway.query(READ)).text).toContain('"old"');
    // What was read is stored behind the answer.
    await gateway.query(RENAME, { name: 'new' });
    expect([upstream.requests.length, used]).toEqual([2, 0]);
  },
);
