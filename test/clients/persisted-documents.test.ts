import { ApolloClient, InMemoryCache } from '@apollo/client';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { folderWith } from '../server/trusted/document-folder.ts';
import { startGateway } from '../support/gateway.ts';
import { compilePersisted } from './relay/artifacts.ts';
import { openCollectionList } from './relay/collection-list.ts';
import * as persisted from './snippets/persisted-documents.ts';
import { APOLLO_LIST, APOLLO_MANIFEST, URQL_LIST, URQL_MANIFEST } from './written-manifests.ts';

const FIRST = 5;

/** A gateway that runs the documents of this manifest, and no others. @returns its address */
async function openTrusting(manifest: string): Promise<string> {
  const { path } = await folderWith({ 'documents.json': manifest });
  const sandbox = await startSandbox({ seedCount: FIRST + 1 });
  const { key, secret } = sandbox.credentials;
  const gateway = await startGateway(sandbox.url, {
    SCENARIO_SDK_API_KEY: key,
    SCENARIO_SDK_API_SECRET: secret,
    TRUSTED_DOCUMENTS: path,
    TRUSTED_DOCUMENTS_MODE: 'enforce',
  });
  onTestFinished(async () => {
    await gateway.stop();
    await sandbox.close();
  });
  return gateway.url;
}

it("Relay's compiled documents run by their ids", async () => {
  const url = await openTrusting(await compilePersisted('collections.ts'));
  const list = await openCollectionList(persisted.createPersistedRelayEnvironment(url), FIRST);
  await list.loadNext(FIRST);
  expect(list.rows()).toHaveLength(FIRST + 1);
});

it("Apollo Client's documents run by the hashes of the manifest that its generator wrote", async () => {
  const link = persisted.createPersistedApolloLink(await openTrusting(APOLLO_MANIFEST));
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  onTestFinished(() => client.stop());
  const { data } = await client.query({ query: APOLLO_LIST, variables: { first: FIRST } });
  expect(data).toMatchObject({ collections: { edges: { length: FIRST } } });
});

it("urql's documents run by the hashes that the client preset wrote, and are kept by their types", async () => {
  const client = persisted.createPersistedUrqlClient(await openTrusting(URQL_MANIFEST));
  const { data } = await client.query(URQL_LIST, { first: FIRST }).toPromise();
  expect(data).toMatchObject({
    collections: { __typename: 'CollectionConnection', nodes: { length: FIRST } },
  });
});
