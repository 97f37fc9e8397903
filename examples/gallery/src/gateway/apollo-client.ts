import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { relayStylePagination } from '@apollo/client/utilities';
import generated from '../__generated__/possible-types.ts';
import { type Problem, problemIn } from './problems.ts';
import { authorization, GATEWAY_URL } from './session.ts';

/** For what shows at once when it is cached, and is read all the same, since others may have changed it. */
export const FRESH = { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' } as const;

/** Apollo Client over the gateway, whose lists grow by `fetchMore`. */
export function createApolloClient(): ApolloClient {
  const signed = new SetContextLink(({ headers }) => ({ headers: { ...headers, ...authorization() } }));
  return new ApolloClient({
    link: ApolloLink.from([signed, new HttpLink({ uri: GATEWAY_URL })]),
    cache: new InMemoryCache({
      // What lets `... on Error` match an error's type.
      possibleTypes: generated.possibleTypes,
      typePolicies: {
        Query: {
          fields: {
            collections: relayStylePagination(['filter', 'orderBy']),
            assets: relayStylePagination(['filter', 'orderBy']),
            // It opens from what a list knew of it; `null` stays what the gateway says of one that does not exist.
            collection: (existing, { args, canRead, toReference }) => {
              const known = toReference({ __typename: 'Collection', id: String(args?.['id']) });
              return existing === undefined && canRead(known) ? known : existing;
            },
          },
        },
        Collection: { fields: { assets: relayStylePagination(['orderBy']), models: relayStylePagination() } },
      },
    }),
  });
}

/** What an error of Apollo Client tells: an entry of `errors`, or that no answer came. */
export function problemOf(error: unknown): Problem {
  return problemIn(CombinedGraphQLErrors.is(error) ? error.errors : []);
}
