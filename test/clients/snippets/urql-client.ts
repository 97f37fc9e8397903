// test/clients/snippets/urql-client.ts
import { Client, cacheExchange, fetchExchange } from '@urql/core';

/** An urql client over the gateway at this URL. */
export function createUrqlClient(url: string): Client {
  return new Client({ url, exchanges: [cacheExchange, fetchExchange] });
}
