// test/clients/snippets/apollo-client.ts
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

const ERRORS = ['InvalidInputError', 'NotFoundError', 'ConflictError', 'PartiallyAppliedError'];
const MUTATIONS = [
  'CreateCollection',
  'UpdateCollection',
  'DeleteCollection',
  'AddAssetsToCollection',
  'RemoveAssetsFromCollection',
  'AddModelsToCollection',
  'RemoveModelsFromCollection',
];

/** An Apollo Client over the gateway at this URL. */
export function createApolloClient(uri: string): ApolloClient {
  const results = MUTATIONS.map((name) => [`${name}Result`, [`${name}Payload`, ...ERRORS]]);
  return new ApolloClient({
    link: new HttpLink({ uri }),
    cache: new InMemoryCache({
      // What lets `... on Error` match an error's type.
      possibleTypes: {
        Node: ['Collection', 'Asset', 'Model'],
        Error: ERRORS,
        ...Object.fromEntries(results),
      },
      // What lets `fetchMore` grow a list, one for each filter and order; documents must select `edges`.
      typePolicies: {
        Query: {
          fields: {
            collections: relayStylePagination(['filter', 'orderBy']),
            assets: relayStylePagination(['filter', 'orderBy']),
          },
        },
        Collection: {
          fields: { assets: relayStylePagination(['orderBy']), models: relayStylePagination() },
        },
      },
    }),
  });
}
