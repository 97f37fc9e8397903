import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';

const hasIPv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

test.each([
  ['0.0.0.0', '127.0.0.1'],
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', 'localhost'],
])('bound to %s, the gateway tells an address that works: %s', async (HOST, shown) => {
  const { gateway, query } = await openFrontDoor(everyCollection, { HOST });
  expect(new URL(gateway.url).hostname).toBe(shown);
  expect((await query('{ __typename }')).status).toBe(200);
});

test.runIf(hasIPv6).each(['::', '::0', '0:0:0:0:0:0:0:0', '::1'])(
  'bound to %s, the gateway tells an address that works: [::1]',
  async (HOST) => {
    const { gateway, query } = await openFrontDoor(everyCollection, { HOST });
    expect(new URL(gateway.url).hostname).toBe('[::1]');
    expect((await query('{ __typename }')).status).toBe(200);
  },
);
