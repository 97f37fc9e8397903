import { expect, test } from 'vitest';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';
import { json } from '../support/scripted-upstream.ts';

const BOTH = '{ one: collections(first: 1) { nodes { id } } other: collections(first: 2) { nodes { id } } }';
const FAILURES_TO_OPEN = 10;

test.each(['true', 'false'])(
  'who asks for two lists at once finds an outage over, though one of them is refused at once: FAST_PATH=%s',
  async (FAST_PATH) => {
    const { query, upstream } = await openFrontDoor(() => json({}, 503), { FAST_PATH });
    while (upstream.requests.length < FAILURES_TO_OPEN) await query(BOTH);
    upstream.answer = async (request) => {
      // Longer than it takes to refuse the other one.
      await new Promise((resolve) => setTimeout(resolve, 50));
      return request.path === '/v1/collections' ? json({ collections: [] }) : everyCollection(request);
    };
    await expect
      .poll(async () => (await query(BOTH)).body.data, { timeout: 8_000, interval: 200 })
      .toEqual({ one: { nodes: [] }, other: { nodes: [] } });
  },
);
