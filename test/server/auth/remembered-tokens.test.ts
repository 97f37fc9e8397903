import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { json } from '../../support/scripted-upstream.ts';
import { type FrontDesk, openFrontDesk, refusedToken } from './front-desk.ts';
import { createSigningKey, inSeconds, keySet, publishKeys, sign, trust } from './token-issuer.ts';

const key = await createSigningKey('key-1');
const otherKey = await createSigningKey('key-2');
const MINUTE_MS = 60_000;
const DAY_S = 86_400;
const CHECKED = { caller: { name: 'ada' }, isSync: false };
const REMEMBERED = { caller: { name: 'ada' }, isSync: true };

async function openDesk() {
  const keyServer = await publishKeys(key);
  return { ...(await openFrontDesk(trust(keyServer))), keyServer };
}

/** Presents tokens of other callers. @param pad makes their names longer */
async function presentOthers({ present }: FrontDesk, count: number, pad = ''): Promise<void> {
  const others = await Promise.all(
    Array.from({ length: count }, (_, index) => sign(key, { sub: `${pad}${index}` })),
  );
  for (let start = 0; start < others.length; start += 50)
    await Promise.all(others.slice(start, start + 50).map((token) => present(token)));
  expect(await present(others.at(-1) ?? '')).toMatchObject({ isSync: true });
}

// Only what tells the time: sockets and their timeouts stay real.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a token that was accepted', () => {
  it('is known again at once, and another by the same key is not', async () => {
    const desk = await openDesk();
    const token = await sign(key);
    expect(await desk.present(token)).toMatchObject(CHECKED);
    expect(await desk.present(token)).toEqual({
      caller: { name: 'ada', scopes: ['collections:read'] },
      isSync: true,
    });
    expect(await desk.present(await sign(key, { sub: 'bob' }))).toMatchObject({ caller: { name: 'bob' } });
  });

  it('is checked again after a minute, whoever asked meanwhile', async () => {
    const desk = await openDesk();
    const token = await sign(key, { exp: inSeconds(DAY_S) });
    await desk.present(token);
    vi.advanceTimersByTime(MINUTE_MS - 1);
    expect(await desk.present(token)).toMatchObject(REMEMBERED);
    vi.advanceTimersByTime(1);
    expect(await desk.present(token)).toMatchObject(CHECKED);
    expect(await desk.present(token)).toMatchObject(REMEMBERED);
  });

  it('is refused a minute after the keys that are known no longer hold its own', async () => {
    const desk = await openDesk();
    const token = await sign(key, { exp: inSeconds(DAY_S) });
    await desk.present(token);
    desk.keyServer.answer = () => json(keySet(otherKey));
    vi.advanceTimersByTime(31_000);
    await desk.present(await sign(otherKey));
    expect(await desk.present(token)).toMatchObject(REMEMBERED);
    vi.advanceTimersByTime(29_000);
    expect(await desk.present(token)).toMatchObject(refusedToken(/not accepted/));
  });

  it('is refused once it has expired, to the second and the 5 s for clocks that differ', async () => {
    const desk = await openDesk();
    const token = await sign(key, { exp: inSeconds(20) });
    await desk.present(token);
    vi.advanceTimersByTime(19_000);
    expect(await desk.present(token)).toMatchObject(REMEMBERED);
    vi.advanceTimersByTime(1_000);
    expect(await desk.present(token)).toMatchObject(CHECKED);
    vi.advanceTimersByTime(5_000);
    expect(await desk.present(token)).toMatchObject(refusedToken(/expired/));
  });

  it('is forgotten when a thousand others came after it, or fewer of long names', async () => {
    const desk = await openDesk();
    const token = await sign(key, { exp: inSeconds(DAY_S) });
    await desk.present(token);
    await presentOthers(desk, 900);
    expect(await desk.present(token)).toMatchObject(REMEMBERED);
    await presentOthers(desk, 1_000, 'c');
    expect(await desk.present(token)).toMatchObject(CHECKED);
    await presentOthers(desk, 950, 'x'.repeat(250));
    expect(await desk.present(token)).toMatchObject(CHECKED);
  });
});

describe('the time of a token', () => {
  it.each([
    ['expired 4 s ago', { exp: -4 }, { caller: {} }],
    ['expired 5 s ago', { exp: -5 }, refusedToken(/expired/)],
    ['begins in 5 s', { nbf: 5 }, { caller: {} }],
    ['begins in 6 s', { nbf: 6 }, refusedToken(/not valid yet/)],
  ])('is taken with 5 s to spare: one that %s', async (_what, offsets, reception) => {
    vi.setSystemTime(Math.floor(Date.now() / 1_000) * 1_000);
    const desk = await openDesk();
    const times = Object.entries(offsets).map(([claim, seconds]) => [claim, inSeconds(seconds)]);
    expect(await desk.present(await sign(key, Object.fromEntries(times)))).toMatchObject(reception);
  });
});
