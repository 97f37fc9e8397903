import { Client, createRequest, fetchExchange, stringifyDocument } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { describe, expect, it } from 'vitest';
import { everyCollection, openFrontDoor } from '../../support/front-door.ts';
import { folderWith, manifestOf, READ, sha256 } from './document-folder.ts';

/** Asks with urql, which names each document by its hash first. `accept` stands for another client's. */
async function read(texts: readonly string[], mode: string, accept?: string) {
  const { path } = await folderWith({ 'm.json': manifestOf(texts) });
  const env = { TRUSTED_DOCUMENTS: path, TRUSTED_DOCUMENTS_MODE: mode };
  const { gateway, wire } = await openFrontDoor(everyCollection, env);
  const hasDocument: boolean[] = [];
  const client = new Client({
    url: gateway.url,
    exchanges: [
      persistedExchange({ preferGetForPersistedQueries: false, generateHash: async (text) => sha256(text) }),
      fetchExchange,
    ],
    fetchOptions: accept === undefined ? {} : { headers: { accept } },
    fetch: (url, init) => {
      hasDocument.push(typeof init?.body === 'string' && init.body.includes('query Read'));
      return fetch(url, init);
    },
  });
  const { data, error } = await client.query(READ, {}).toPromise();
  return { data, codes: error?.graphQLErrors.map(({ extensions }) => extensions['code']), hasDocument, wire };
}

const DATA = { collection: { name: 'Forest props' } };

describe("urql's persisted documents", () => {
  it('are never sent in full when they are trusted', async () => {
    const { data, hasDocument } = await read([stringifyDocument(createRequest(READ, {}).query)], 'enforce');
    expect([data, hasDocument]).toEqual([DATA, [false]]);
  });

  it.each([undefined, 'application/json', 'application/graphql-response+json'])(
    'are sent in full when they are not known (Accept: %s)',
    async (accept) => {
      const { data, hasDocument } = await read(['{ __typename }'], 'report', accept);
      expect([data, hasDocument]).toEqual([DATA, [false, true]]);
    },
  );

  it('are refused when only trusted ones run', async () => {
    const { codes, wire } = await read(['{ __typename }'], 'enforce');
    expect([codes, wire()]).toEqual([['DOCUMENT_NOT_TRUSTED'], []]);
  });
});
