import { describe, expect, it, vi } from 'vitest';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';
import { queryGateway } from '../support/gateway.ts';
import { lacksProxies } from '../support/lacks-proxies.ts';
import { startHaproxy, startNginx } from '../support/proxies.ts';

const READ = '{ collection(id: "col_1") { name } }';
const DATA = { data: { collection: { name: 'Forest props' } } };
const CHECKED_MS = 10_000;

const addressOf = (url: string) => new URL(url).host;

/** How HAProxy sees its server: up or down, and what its last check came to. */
async function stateOf(haproxy: string) {
  const csv = await (await fetch(`${haproxy}/haproxy;csv`)).text();
  const [head = '', ...rows] = csv.split('\n').map((line) => line.split(','));
  const server = rows.find((row) => row[1] === 'gateway') ?? [];
  const field = (name: string) => server[head.indexOf(name)];
  return { status: field('status'), check: field('check_status'), code: field('check_code') };
}

describe.skipIf(lacksProxies)('behind nginx', () => {
  it.each([
    ['as it comes, with the name of the upstream as Host', 'proxy_pass http://graphql_backend;'],
    [
      'with connections that are kept',
      'proxy_pass http://graphql_backend; proxy_http_version 1.1; proxy_set_header Connection "";',
    ],
    [
      'with a path that ends in a slash',
      'proxy_pass http://graphql_backend/graphql/; proxy_set_header Host $host;',
    ],
  ])('a query is answered: %s', async (how, location) => {
    const { gateway } = await openFrontDoor(everyCollection);
    const nginx = await startNginx(addressOf(gateway.url), location);
    const path = how.includes('slash') ? '/' : '/graphql';
    for (let turn = 0; turn < 3; turn += 1) {
      const { status, body } = await queryGateway(nginx.url + path, READ);
      expect([status, body]).toEqual([200, DATA]);
    }
  });
});

const CHECKS: ReadonlyArray<readonly [which: string, option: string]> = [
  ['its default check', 'option httpchk'],
  ['a check of readiness in HTTP/1.0', 'option httpchk GET /readyz'],
  ['a check with a Host', 'http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host graphql_backend'],
];

/** Lets a gateway drain behind HAProxy. @returns what it saw of it before and after, and an answer through it */
async function drainBehind(check: string) {
  const { gateway } = await openFrontDoor(everyCollection, { DRAIN_DELAY_MS: '3000' });
  const server = `server gateway ${addressOf(gateway.url)} check inter 100ms fall 1 rise 1`;
  const haproxy = await startHaproxy(['option httpchk', check, server]);
  const within = { timeout: CHECKED_MS, interval: 50 };
  const seenAs = (status: string) =>
    vi.waitFor(async () => {
      const state = await stateOf(haproxy.url);
      expect(state.status).toBe(status);
      return state;
    }, within);
  const before = await seenAs('UP');
  const { status, body } = await queryGateway(`${haproxy.url}/graphql`, READ);
  const stopped = gateway.stop();
  const after = await seenAs('DOWN');
  await stopped;
  return { before, answer: [status, body], after };
}

describe.skipIf(lacksProxies)('behind HAProxy', () => {
  it('each check finds the gateway up, and down while it drains', async () => {
    // All at once, for each takes its time.
    const seen = await Promise.all(CHECKS.map(async ([which, check]) => [which, await drainBehind(check)]));
    const asExpected = {
      before: { status: 'UP', check: 'L7OK', code: '200' },
      answer: [200, DATA],
      after: { status: 'DOWN', check: 'L7STS', code: '503' },
    };
    expect(seen).toEqual(CHECKS.map(([which]) => [which, asExpected]));
  });
});
