import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { everyCollection, openFrontDoor } from '../../support/front-door.ts';
import { folderWith, manifestOf, sha256 } from './document-folder.ts';

// What Apollo Client sends: with the type of every object.
const SENT = gql`
  query Read {
    collection(id: "col_1") {
      id
      name
      __typename
    }
  }
`;

async function read(texts: readonly string[], mode: string) {
  const { path } = await folderWith({ 'm.json': manifestOf(texts) });
  const env = { TRUSTED_DOCUMENTS: path, TRUSTED_DOCUMENTS_MODE: mode };
  const { gateway, wire } = await openFrontDoor(everyCollection, env);
  const bodies: string[] = [];
  const http = new HttpLink({
    uri: gateway.url,
    fetch: (url, init) => {
      if (typeof init?.body === 'string') bodies.push(init.body);
      return fetch(url, init);
    },
  });
  const hashes = new PersistedQueryLink({ sha256: async (text) => sha256(text) });
  const client = new ApolloClient({ link: hashes.concat(http), cache: new InMemoryCache() });
  const answer = await client.query({ query: SENT, errorPolicy: 'all' });
  client.stop();
  return { answer, bodies, calls: wire().length };
}

describe("Apollo Client's persisted queries", () => {
  it('never send a trusted document in full', async () => {
    const { answer, bodies, calls } = await read([print(SENT)], 'enforce');
    expect(answer.data).toMatchObject({ collection: { name: 'Forest props' } });
    expect([bodies.length, bodies.join().includes('collection'), calls]).toEqual([1, false, 1]);
  });

  it('send a document that is not known once more, in full, which runs unless it must be trusted', async () => {
    const known = ['{ __typename }'];
    const open = await read(known, 'report');
    expect([open.answer.data, open.bodies.length]).toMatchObject([
      { collection: { name: 'Forest props' } },
      2,
    ]);
    const strict = await read(known, 'enforce');
    expect([strict.answer.error !== undefined, strict.bodies.length, strict.calls]).toEqual([true, 2, 0]);
  });
});
