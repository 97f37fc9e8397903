import type { Environment } from 'relay-runtime';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openFrontDoor } from '../support/front-door.ts';
import { type Answer, json } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { LIST, readList } from './operations.ts';
import { compileDocuments } from './relay/artifacts.ts';
import { openCollectionList } from './relay/collection-list.ts';
import { createApolloClient } from './snippets/apollo-client.ts';
import { createRelayEnvironment } from './snippets/relay-environment.ts';

const PAGE = 3;

let isDown = false;

/** Nine collections in pages of three, while the service is up. */
const service: Answer = ({ query }) => {
  if (isDown) return json({}, 500);
  const start = Number(query.get('paginationToken') ?? 0);
  const collections = Array.from({ length: PAGE }, (_, index) =>
    wireCollection({ id: `col_${start + index}` }),
  );
  return json({ collections, nextPaginationToken: start + PAGE < 9 ? String(start + PAGE) : null });
};

beforeAll(() => compileDocuments('collections.ts'));
beforeEach(() => {
  isDown = false;
});

describe('a Relay list whose next page fails', () => {
  it('keeps what it shows, and goes on when the service is back', async () => {
    const { gateway } = await openFrontDoor(service);
    const environment: Environment = createRelayEnvironment(gateway.url);
    const list = await openCollectionList(environment, PAGE);
    isDown = true;
    await list.loadNext(PAGE).catch(() => {});
    expect([list.rows().length, list.hasNext()]).toEqual([PAGE, true]);
    isDown = false;
    await list.loadNext(PAGE);
    expect(list.rows().map(({ id }) => atob(id))).toEqual(
      [0, 1, 2, 3, 4, 5].map((n) => `Collection:col_${n}`),
    );
  });
});

describe('an Apollo list whose next page fails', () => {
  it.each(['none', 'all'] as const)(
    'keeps what it shows with errorPolicy %s, and goes on later',
    async (errorPolicy) => {
      const { gateway } = await openFrontDoor(service);
      const client = createApolloClient(gateway.url);
      onTestFinished(() => client.stop());
      const query = client.watchQuery({ query: LIST, variables: { first: PAGE } });
      const first = readList((await query.refetch()).data);
      isDown = true;
      await query.fetchMore({ variables: { after: first.endCursor }, errorPolicy }).catch(() => {});
      const shown = readList(query.getCurrentResult().data);
      expect([shown.nodes.length, shown.hasNextPage]).toEqual([PAGE, true]);
      isDown = false;
      await query.fetchMore({ variables: { after: shown.endCursor } });
      expect(readList(query.getCurrentResult().data).nodes).toHaveLength(2 * PAGE);
    },
  );
});
