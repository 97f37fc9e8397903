// test/clients/snippets/persisted-documents.ts
import { HttpLink } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Client, cacheExchange, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { type DefinitionNode, type DocumentNode, print } from 'graphql';
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
  return new PersistedQueryLink({ generateHash: hashInManifest }).concat(new HttpLink({ uri }));
}

/** Of the document as the manifest has it: with the operation before the fragments, which are sorted by name. */
function hashInManifest(document: DocumentNode): Promise<string> {
  const definitions = document.definitions.toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1));
  return sha256(print({ ...document, definitions }));
}

function rank(definition: DefinitionNode): string {
  return definition.kind === 'FragmentDefinition' ? definition.name.value : '';
}

/** urql: likewise, with the hash that the client preset left in each document. */
export function createPersistedUrqlClient(url: string): Client {
  const persisted = persistedExchange({
    // A hash that is not in the manifest is refused: the text would be, too.
    enforcePersistedQueries: true,
    enableForMutation: true,
    preferGetForPersistedQueries: false,
    generateHash: (_text, document: DocumentNode & Compiled) => Promise.resolve(document.__meta__?.hash),
  });
  return new Client({ url, exchanges: [cacheExchange, persisted, fetchExchange] });
}

interface Compiled {
  readonly __meta__?: { readonly hash: string };
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
