import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { codesOf, openFrontDoor } from '../support/front-door.ts';
import { hang, json } from '../support/scripted-upstream.ts';
import { wireAsset } from '../support/wire-members.ts';

// The list may not be null, so its failure is the whole answer, whatever its siblings still read.
const SIBLINGS =
  '{ collections(first: 1) { nodes { id } } assets(first: 300) { nodes { id } } collection(id: "col_1") { id } }';

test.each([['true'], ['false']])(
  'what is still read when an operation has its answer is cancelled, and told as what it has cost, with FAST_PATH=%s',
  async (FAST_PATH) => {
    const { upstream, gateway, query, wire } = await openFrontDoor(
      async ({ path, target }) => {
        if (path === '/v1/collections') {
          await eventually('the siblings read', () => upstream.requests.length === 4);
          return json({}, 404);
        }
        if (path !== '/v1/assets' || target.includes('paginationToken')) return hang;
        return json({ assets: [wireAsset()], nextPaginationToken: 'more' });
      },
      { FAST_PATH },
    );
    const answer = await query(SIBLINGS, {}, { headers: { 'x-show-cost': '1' } });
    expect([answer.body.data, codesOf(answer)]).toEqual([null, ['UPSTREAM_BAD_RESPONSE']]);
    expect(answer.body).toMatchObject({ extensions: { cost: { upstreamCalls: 4, planned: 5 } } });
    // Only calls that were answered keep their connections.
    await eventually('the others are cancelled', () => upstream.sockets.size === 1);
    expect(wire()).toHaveLength(4);
    const line = gateway.logLines.find((text) => text.includes('"msg":"operation"')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ upstreamCalls: 4, clientDisconnected: false });
  },
);
