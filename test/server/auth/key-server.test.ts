import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { type Answer, hang, json, reset, text } from '../../support/scripted-upstream.ts';
import { type FrontDesk, openFrontDesk, refusedToken } from './front-desk.ts';
import { createSigningKey, inSeconds, keySet, publishKeys, sign, trust } from './token-issuer.ts';

const key = await createSigningKey('key-1');
const newKey = await createSigningKey('key-2');
const replacement = await createSigningKey('key-1');
const strangerKeys = await Promise.all(['a', 'b', 'c'].map((kid) => createSigningKey(`stranger-${kid}`)));

const ACCEPTED = { caller: { name: expect.any(String) } };
const NOT_ACCEPTED = refusedToken(/not accepted/);
const COME_BACK = {
  refusal: { status: 503, code: 'OVERLOADED', message: expect.any(String), retryAfterMs: 3_000 },
};
const MINUTE_MS = 60_000;

let serial = 0;

/** A token that was not seen before, good for a day. */
const freshToken = (signingKey = key) =>
  sign(signingKey, { sub: `caller-${(serial += 1)}`, exp: inSeconds(86_400) });

const presentFresh = async (desk: FrontDesk, signingKey = key) => desk.present(await freshToken(signingKey));

async function openDesk(answer: Answer = () => json(keySet(key))) {
  const keyServer = await publishKeys();
  keyServer.answer = answer;
  return { keyServer, desk: await openFrontDesk(trust(keyServer)) };
}

// Only what tells the time: sockets and their timeouts stay real.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const OUTAGES: ReadonlyArray<readonly [string, Answer]> = [
  ['is down', () => reset],
  ['fails', () => json({}, 500)],
  ['redirects', () => text('', 302, { location: 'http://127.0.0.1:1/' })],
  ['says that it has no content', () => text('', 204)],
  ['answers garbage', () => text('<html>no keys</html>')],
  ['answers other JSON', () => json({ keys: 'none' })],
  ['answers 10 MB', () => json({ ...keySet(key), more: 'x'.repeat(10_000_000) })],
];

describe('while no keys are known', () => {
  it.each([...OUTAGES, ['does not answer', () => hang] as const])(
    'a key server that %s is asked once in 3 s, however many ask, and they are told to come back',
    async (_what, answer) => {
      const { desk, keyServer } = await openDesk(answer);
      const tokens = await Promise.all(Array.from({ length: 20 }, () => freshToken()));
      for (const reception of await Promise.all(tokens.map((token) => desk.present(token))))
        expect(reception).toMatchObject(COME_BACK);
      expect(await presentFresh(desk)).toMatchObject(COME_BACK);
      expect(keyServer.requests).toHaveLength(1);
      vi.advanceTimersByTime(3_000);
      keyServer.answer = () => json(keySet(key));
      expect(await presentFresh(desk)).toMatchObject(ACCEPTED);
      expect(keyServer.requests).toHaveLength(2);
    },
  );

  it('an outage is logged once, and its end', async () => {
    const { desk, keyServer } = await openDesk(() => reset);
    for (let minute = 0; minute < 3; minute += 1) {
      await presentFresh(desk);
      vi.advanceTimersByTime(MINUTE_MS);
    }
    keyServer.answer = () => json(keySet(key));
    await presentFresh(desk);
    expect(desk.logged.filter((line) => !line.startsWith('debug'))).toEqual([
      expect.stringMatching(/^warn .*cannot be fetched/),
      expect.stringMatching(/^info .*fetched again/),
    ]);
    keyServer.answer = () => reset;
    vi.advanceTimersByTime(11 * MINUTE_MS);
    await presentFresh(desk);
    expect(desk.logged.at(-1)).toMatch(/^warn .*cannot be fetched/);
  });
});

describe('once keys are known', () => {
  it('they are fetched once, however many tokens come', async () => {
    const { desk, keyServer } = await openDesk();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => freshToken()));
    await Promise.all(tokens.map((token) => desk.present(token)));
    vi.advanceTimersByTime(9 * MINUTE_MS);
    expect(await presentFresh(desk)).toMatchObject(ACCEPTED);
    expect(keyServer.requests).toHaveLength(1);
  });

  it('a new key is found when it is first used, and an old one is gone', async () => {
    const { desk, keyServer } = await openDesk();
    expect(await presentFresh(desk)).toMatchObject(ACCEPTED);
    keyServer.answer = () => json(keySet(newKey));
    vi.advanceTimersByTime(31_000);
    expect(await presentFresh(desk, newKey)).toMatchObject(ACCEPTED);
    expect(await presentFresh(desk)).toMatchObject(NOT_ACCEPTED);
    expect(keyServer.requests).toHaveLength(2);
  });

  it('one that was replaced under its old kid is noticed at the first bad signature', async () => {
    const { desk, keyServer } = await openDesk();
    expect(await presentFresh(desk)).toMatchObject(ACCEPTED);
    keyServer.answer = () => json(keySet(replacement));
    vi.advanceTimersByTime(31_000);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => freshToken(replacement)));
    for (const reception of await Promise.all(tokens.map((token) => desk.present(token))))
      expect(reception).toMatchObject(ACCEPTED);
    expect(await presentFresh(desk)).toMatchObject(NOT_ACCEPTED);
    expect(keyServer.requests).toHaveLength(2);
  });

  it('bad signatures cause one fetch in 30 s, whether it succeeds or fails', async () => {
    const { desk, keyServer } = await openDesk();
    await presentFresh(desk);
    for (const answer of [() => json(keySet(key)), () => reset, () => json(keySet(replacement))]) {
      keyServer.answer = answer;
      vi.advanceTimersByTime(29_000);
      const before = keyServer.requests.length;
      expect(await presentFresh(desk, replacement)).toMatchObject(NOT_ACCEPTED);
      expect(keyServer.requests).toHaveLength(before);
      vi.advanceTimersByTime(1_000);
      await presentFresh(desk, replacement);
      await presentFresh(desk, strangerKeys[0]);
      expect(keyServer.requests).toHaveLength(before + 1);
    }
    expect(await presentFresh(desk, replacement)).toMatchObject(ACCEPTED);
  });

  it('a withdrawn key is not trusted for longer than 10 minutes', async () => {
    const { desk, keyServer } = await openDesk();
    const token = await freshToken();
    expect(await desk.present(token)).toMatchObject(ACCEPTED);
    keyServer.answer = () => json(keySet(newKey));
    vi.advanceTimersByTime(11 * MINUTE_MS);
    expect(await desk.present(token)).toMatchObject(NOT_ACCEPTED);
  });

  it('a storm of unknown keys makes one fetch in 30 s, and none that is known waits for it', async () => {
    const { desk, keyServer } = await openDesk();
    await presentFresh(desk);
    const storm = async () => {
      const tokens = await Promise.all(
        Array.from({ length: 60 }, (_, index) => freshToken(strangerKeys[index % strangerKeys.length])),
      );
      return Promise.all(tokens.map((token) => desk.present(token)));
    };
    for (const reception of await storm()) expect(reception).toMatchObject(NOT_ACCEPTED);
    expect(keyServer.requests).toHaveLength(1);
    vi.advanceTimersByTime(31_000);
    await storm();
    await storm();
    expect(keyServer.requests).toHaveLength(2);
    vi.advanceTimersByTime(31_000);
    keyServer.answer = () => hang;
    const stormed = storm();
    await eventually('the storm makes a fetch', () => keyServer.requests.length === 3);
    expect(await presentFresh(desk)).toMatchObject(ACCEPTED);
    await stormed;
    expect(keyServer.requests).toHaveLength(3);
  });

  it.each(OUTAGES)('a key server that %s does not matter for an hour', async (_what, answer) => {
    const { desk, keyServer } = await openDesk();
    await presentFresh(desk);
    keyServer.answer = answer;
    for (let minute = 1; minute < 70; minute += 4) {
      expect(await presentFresh(desk)).toMatchObject(ACCEPTED);
      vi.advanceTimersByTime(4 * MINUTE_MS);
    }
    expect(desk.logged).toEqual([expect.stringMatching(/^warn /)]);
    expect(await presentFresh(desk)).toMatchObject(COME_BACK);
    vi.advanceTimersByTime(MINUTE_MS);
    keyServer.answer = () => json(keySet(key));
    expect(await presentFresh(desk)).toMatchObject(ACCEPTED);
  });

  it('one request waits for a key server that has stopped to answer, and the next ones do not', async () => {
    const { desk, keyServer } = await openDesk();
    await presentFresh(desk);
    keyServer.answer = () => hang;
    vi.advanceTimersByTime(11 * MINUTE_MS);
    expect(await presentFresh(desk)).toMatchObject(ACCEPTED);
    vi.advanceTimersByTime(4_000);
    expect(await presentFresh(desk)).toMatchObject(ACCEPTED);
    expect(keyServer.requests).toHaveLength(3);
    // Whoever had waited would have seen the fetch end.
    await delay(100);
    expect(keyServer.requests.at(-1)?.socket.destroyed).toBe(false);
  });

  it('old ones do not say of a token by a newer key that it is bad', async () => {
    const { desk, keyServer } = await openDesk();
    await presentFresh(desk);
    keyServer.answer = () => reset;
    vi.advanceTimersByTime(5 * MINUTE_MS);
    expect(await presentFresh(desk, newKey)).toMatchObject(NOT_ACCEPTED);
    vi.advanceTimersByTime(6 * MINUTE_MS);
    expect(await presentFresh(desk, newKey)).toMatchObject(COME_BACK);
    expect(await presentFresh(desk)).toMatchObject(ACCEPTED);
  });
});
