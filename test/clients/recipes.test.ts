import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { openFrontDoor } from '../support/front-door.ts';
import { type Answer, json } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { compileDocuments } from './relay/artifacts.ts';
import { openCollectionList } from './relay/collection-list.ts';
import { startSandboxedGateway } from './sandboxed-gateway.ts';
import { createApolloClient } from './snippets/apollo-client.ts';
import * as apollo from './snippets/apollo-recipes.ts';
import { createRelayEnvironment } from './snippets/relay-environment.ts';
import { createUrqlClient } from './snippets/urql-client.ts';
import * as urql from './snippets/urql-recipes.ts';

// What a build does for a reader of the page: a document that `graphql` tagged becomes its compiled artifact.
vi.mock('relay-runtime', async (original: () => Promise<object>) => {
  const artifacts = await import('./relay/artifacts.ts');
  const graphql = (document: TemplateStringsArray) => artifacts.graphql(document)();
  return { ...(await original()), graphql };
});

const SEED_COUNT = 12;
const FIRST = 5;

let gateway: Awaited<ReturnType<typeof startSandboxedGateway>>;
beforeAll(() => compileDocuments('collections.ts', '../snippets/relay-recipes.ts'));
beforeEach(async () => {
  gateway = await startSandboxedGateway(SEED_COUNT);
  return () => gateway.stop();
});

async function openApolloList(url: string) {
  const client = createApolloClient(url);
  const list = apollo.watchCollections(client, FIRST);
  const watching = list.subscribe(() => {});
  onTestFinished(() => {
    watching.unsubscribe();
    client.stop();
  });
  await list.refetch();
  const shown = () => list.getCurrentResult().data?.collections;
  const rows = () => shown()?.edges?.map((edge) => edge?.node) ?? [];
  const loadAll = async () => {
    while (shown()?.pageInfo?.hasNextPage) {
      const count = rows().length;
      await apollo.loadMore(list);
      await eventually('the page is shown', () => rows().length > count, 5_000);
    }
  };
  return { client, list, rows, loadAll };
}

describe('Apollo Client', () => {
  it('shows what was created on top, and goes on paging behind it', async () => {
    const { client, rows, loadAll } = await openApolloList(gateway.url);
    await apollo.createOnTop(client, FIRST, 'New');
    expect(rows().map((row) => row?.name)).toHaveLength(FIRST + 1);
    expect(rows()[0]).toMatchObject({ name: 'New' });
    await loadAll();
    expect(new Set(rows().map((row) => row?.id)).size).toBe(SEED_COUNT + 1);
  });

  it('takes what was deleted out of the list', async () => {
    const { client, rows } = await openApolloList(gateway.url);
    const gone = rows()[1];
    await apollo.deleteEverywhere(client, String(gone?.id));
    expect(rows()).toHaveLength(FIRST - 1);
    expect(rows()).not.toContainEqual(gone);
  });

  it('tells why a name was refused, and shows the list as it was', async () => {
    const { client, rows } = await openApolloList(gateway.url);
    expect(await apollo.createOnTop(client, FIRST, ' ')).toMatchObject({
      message: 'The name must not be blank.',
    });
    expect(rows()).toHaveLength(FIRST);
  });
});

describe('Relay', () => {
  it('shows what was created on top, and takes out what was deleted', async () => {
    // Its documents are compiled by now.
    const relay = await import('./snippets/relay-recipes.ts');
    const environment = createRelayEnvironment(gateway.url);
    const list = await openCollectionList(environment, FIRST);
    await relay.createOnTop(environment, list.connectionId, 'New');
    expect(list.rows().map(({ name }) => name)).toHaveLength(FIRST + 1);
    const [created] = list.rows();
    expect(created).toMatchObject({ name: 'New' });
    await relay.deleteFromList(environment, list.connectionId, String(created?.id));
    expect(list.rows()).toHaveLength(FIRST);
    expect(list.rows()).not.toContainEqual(created);
  });
});

describe('urql', () => {
  it('reads its lists again after a creation and a deletion, an empty one too', async () => {
    const empty = await startSandboxedGateway(0);
    onTestFinished(() => empty.stop());
    const client = createUrqlClient(empty.url);
    const idsNow = async () => (await urql.readCollections(client, FIRST)).data?.collections.nodes;
    expect(await idsNow()).toEqual([]);
    const { data } = await urql.createCollection(client, 'First of all');
    expect(await idsNow()).toMatchObject([{ name: 'First of all' }]);
    await urql.deleteCollection(client, data?.createCollection.collection.id);
    expect(await idsNow()).toEqual([]);
  });
});

const PAGE = 3;

/** Nine collections in pages of three; the one that begins at `failsAt` fails. */
function pages(failsAt: () => number): Answer {
  return ({ query }) => {
    const start = Number(query.get('paginationToken') ?? 0);
    if (start === failsAt()) return json({}, 500);
    const collections = Array.from({ length: PAGE }, (_, index) =>
      wireCollection({ id: `col_${start + index}` }),
    );
    return json({ collections, nextPaginationToken: start + PAGE < 9 ? String(start + PAGE) : null });
  };
}

describe('a page that comes only in part', () => {
  it('is shown by Apollo Client as far as it goes, with its error, and the rest comes on trying again', async () => {
    let failing = 3;
    const door = await openFrontDoor(pages(() => failing));
    const { list, rows, loadAll } = await openApolloList(door.gateway.url);
    expect(rows()).toHaveLength(PAGE);
    expect(list.getCurrentResult().error).toBeDefined();
    expect(await apollo.loadMore(list)).toBeDefined();
    expect(rows()).toHaveLength(PAGE);
    failing = -1;
    await loadAll();
    expect(new Set(rows().map((row) => row?.id)).size).toBe(9);
  });

  it('is shown by Relay as far as it goes, and goes on behind that', async () => {
    let failing = 3;
    const door = await openFrontDoor(pages(() => failing));
    const list = await openCollectionList(createRelayEnvironment(door.gateway.url), FIRST);
    expect([list.rows().length, list.hasNext()]).toEqual([PAGE, true]);
    failing = -1;
    await list.loadNext(9);
    expect([new Set(list.rows().map(({ id }) => id)).size, list.hasNext()]).toEqual([9, false]);
  });

  it('comes to urql as data beside its error', async () => {
    const door = await openFrontDoor(pages(() => 3));
    const { data, error } = await urql.readCollections(createUrqlClient(door.gateway.url), FIRST);
    expect(data?.collections.nodes).toHaveLength(PAGE);
    expect(data?.collections.pageInfo).toMatchObject({ hasNextPage: true, endCursor: expect.any(String) });
    expect(error?.graphQLErrors.map(({ extensions }) => extensions['code'])).toEqual([
      'UPSTREAM_UNAVAILABLE',
    ]);
  });
});

describe('an outage', () => {
  it('leaves no list at all, so that no client remembers an empty one', async () => {
    const door = await openFrontDoor(pages(() => 0));
    const { list } = await openApolloList(door.gateway.url);
    expect(list.getCurrentResult().data ?? null).toBeNull();
    const { data } = await urql.readCollections(createUrqlClient(door.gateway.url), FIRST);
    expect(data).toBeNull();
    await expect(openCollectionList(createRelayEnvironment(door.gateway.url), FIRST)).rejects.toThrow(
      'No data',
    );
  });
});
