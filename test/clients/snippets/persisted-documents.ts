// test/clients/snippets/persisted-documents.ts
import { HttpLink } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { Environment, type FetchFunction, Network, RecordSource, Store } from 'relay-runtime';

/** Relay: with `persistConfig` in its configuration the compiler writes the manifest, and each document has an `id`. */
export function createPersistedRelayEnvironment(url: string): Environment {
  const fetchGraphQL: FetchFunction = async ({ id }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ documentId: id, variables }),
    });
    return await response.json();
  };
  return new Environment({ network: Network.create(fetchGraphQL), store: new Store(new RecordSource()) });
}

/** Apollo Client: the hash of a document goes in place of its text. */
export function createPersistedApolloLink(uri: string) {
  return new PersistedQueryLink({ sha256 }).concat(new HttpLink({ uri }));
}

/** urql: likewise, with the hash of its own. */
export function createPersistedUrqlClient(url: string): Client {
  const persisted = persistedExchange({ enableForMutation: true, preferGetForPersistedQueries: false });
  return new Client({ url, exchanges: [persisted, fetchExchange] });
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
