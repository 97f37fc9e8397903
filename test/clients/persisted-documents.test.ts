import { ApolloClient, InMemoryCache } from '@apollo/client';
import { stringifyDocument } from '@urql/core';
import { print } from 'graphql';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { folderWith, manifestOf } from '../server/trusted/document-folder.ts';
import { startGateway } from '../support/gateway.ts';
import { compilePersisted } from './relay/artifacts.ts';
import { openCollectionList } from './relay/collection-list.ts';
import { COLLECTIONS } from './snippets/apollo-recipes.ts';
import * as persisted from './snippets/persisted-documents.ts';
import { COLLECTIONS as URQL_COLLECTIONS } from './snippets/urql-recipes.ts';

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

it("Apollo Client's documents run by their hashes", async () => {
  const cache = new InMemoryCache();
  const url = await openTrusting(manifestOf([print(cache.transformDocument(COLLECTIONS))]));
  const client = new ApolloClient({ link: persisted.createPersistedApolloLink(url), cache });
  onTestFinished(() => client.stop());
  const { data } = await client.query({ query: COLLECTIONS, variables: { first: FIRST } });
  expect(data?.collections.edges).toHaveLength(FIRST);
});

it("urql's documents run by their hashes", async () => {
  const url = await openTrusting(manifestOf([stringifyDocument(URQL_COLLECTIONS)]));
  const { data } = await persisted
    .createPersistedUrqlClient(url)
    .query(URQL_COLLECTIONS, { first: FIRST })
    .toPromise();
  expect(data?.collections.nodes).toHaveLength(FIRST);
});
