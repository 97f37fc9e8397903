import { commitLocalUpdate, type Environment } from 'relay-runtime';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compileDocuments } from './relay/artifacts.ts';
import { type CollectionList, openCollectionList } from './relay/collection-list.ts';
import {
  appendMutation,
  deleteEdgeMutation,
  deleteRecordMutation,
  prependMutation,
  renameMutation,
  updatableQuery,
} from './relay/collections.ts';
import { startSandboxedGateway } from './sandboxed-gateway.ts';
import { createRelayEnvironment } from './snippets/relay-environment.ts';

const SEED_COUNT = 37;

let gateway: Awaited<ReturnType<typeof startSandboxedGateway>>;
let environment: Environment;
let list: CollectionList;

beforeAll(() => compileDocuments('collections.ts'));

beforeEach(async () => {
  gateway = await startSandboxedGateway(SEED_COUNT);
  environment = createRelayEnvironment(gateway.url);
  list = await openCollectionList(environment, 15);
  return () => gateway.stop();
});

interface LocalRename {
  readonly variables: { readonly id: string };
  readonly response: { readonly node: { name: string } | null };
}

const namesOf = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);

describe('relay-compiler', () => {
  it('refuses a document that does not fit schema.graphql', async () => {
    await expect(compileDocuments('unknown-field.ts')).rejects.toThrow('colour');
  });
});

describe('a Relay front end', () => {
  it('pages through the whole list, each collection once', async () => {
    expect(list.rows()).toHaveLength(15);
    await list.loadNext(15);
    expect([list.rows().length, list.hasNext()]).toEqual([30, true]);
    await list.loadNext(15);
    expect([list.rows().length, list.hasNext()]).toEqual([SEED_COUNT, false]);
    expect(new Set(list.rows().map(({ id }) => id)).size).toBe(SEED_COUNT);
  });

  it('refetches one row through node, and sees what others changed', async () => {
    const [first] = list.rows();
    const other = await openCollectionList(createRelayEnvironment(gateway.url), 1);
    await other.mutate(renameMutation(), { input: { id: first?.id, name: 'Renamed elsewhere' } });
    expect(list.rows()[0]).toEqual(first);
    await list.refetchRow(String(first?.id));
    expect(list.rows()[0]).toEqual({ ...first, name: 'Renamed elsewhere' });
  });

  it('shows a rename wherever the collection is shown, by its id alone', async () => {
    const id = list.rows()[3]?.id;
    await list.mutate(renameMutation(), { input: { id, name: 'Renamed here' } });
    expect(list.rows()[3]?.name).toBe('Renamed here');
  });

  it('appends and prepends what it creates', async () => {
    const connections = [list.connectionId];
    await list.mutate(appendMutation(), { input: { name: 'At the end' }, connections });
    await list.mutate(prependMutation(), { input: { name: 'At the start' }, connections });
    expect(list.rows()).toHaveLength(17);
    expect(namesOf(list.rows()).at(-1)).toBe('At the end');
    expect(list.rows()[0]).toMatchObject({ name: 'At the start', itemCount: 0 });
  });

  it('goes on paging after an edge was appended', async () => {
    await list.mutate(appendMutation(), { input: { name: 'At the end' }, connections: [list.connectionId] });
    await list.loadNext(100);
    const ids = list.rows().map(({ id }) => id);
    expect([ids.length, list.hasNext()]).toEqual([SEED_COUNT + 1, false]);
  });

  it('drops a record that was deleted, wherever it was shown', async () => {
    const gone = list.rows()[2];
    await list.mutate(deleteRecordMutation(), { input: { id: gone?.id } });
    expect(list.rows()).toHaveLength(14);
    expect(list.rows()).not.toContainEqual(gone);
  });

  it('drops only the edge where that is asked for', async () => {
    const gone = list.rows()[2];
    const connections = [list.connectionId];
    await list.mutate(deleteEdgeMutation(), { input: { id: gone?.id }, connections });
    expect(list.rows()).toHaveLength(14);
    expect(environment.getStore().getSource().get(String(gone?.id))).toMatchObject({ name: gone?.name });
  });

  it('can write into its own store through an updatable query', async () => {
    const id = String(list.rows()[0]?.id);
    await list.refetchRow(id);
    commitLocalUpdate(environment, (store) => {
      const { updatableData } = store.readUpdatableQuery<LocalRename>(updatableQuery(), { id });
      if (updatableData.node) updatableData.node.name = 'Only here';
    });
    expect(list.rows()[0]?.name).toBe('Only here');
  });

  it('reads an error of the union as data, and keeps the list', async () => {
    const answer = await list.mutate(deleteRecordMutation(), { input: { id: 'col_of_nobody' } });
    expect(answer).toEqual({
      deleteCollection: { __typename: 'NotFoundError', code: 'NOT_FOUND', message: expect.any(String) },
    });
    expect(list.rows()).toHaveLength(15);
  });
});
