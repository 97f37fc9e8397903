import type { ApolloClient } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LIST, ONE, RENAME, readList } from './operations.ts';
import { startSandboxedGateway } from './sandboxed-gateway.ts';
import { createApolloClient } from './snippets/apollo-client.ts';

let gateway: Awaited<ReturnType<typeof startSandboxedGateway>>;
let client: ApolloClient;

beforeAll(async () => {
  gateway = await startSandboxedGateway(25);
});
afterAll(() => gateway.stop());
beforeEach(() => {
  client = createApolloClient(gateway.url);
  return () => client.stop();
});

describe('Apollo Client', () => {
  it('grows one list with fetchMore until it ends', async () => {
    const query = client.watchQuery({ query: LIST, variables: { first: 10 } });
    let page = readList((await query.refetch()).data);
    while (page.hasNextPage) {
      await query.fetchMore({ variables: { after: page.endCursor } });
      page = readList(query.getCurrentResult().data);
    }
    expect(new Set(page.nodes.map(({ id }) => id)).size).toBe(25);
    expect(page.nodes).toHaveLength(25);
  });

  it('shows a rename in every list and query that holds the collection, by its id', async () => {
    const [first] = readList((await client.query({ query: LIST, variables: { first: 2 } })).data).nodes;
    await client.query({ query: ONE, variables: { id: first?.id } });
    const { data } = await client.mutate({
      mutation: RENAME,
      variables: { input: { id: first?.id, name: 'Renamed' } },
    });
    expect(data).toMatchObject({ updateCollection: { __typename: 'UpdateCollectionPayload' } });
    const renamed = { __typename: 'Collection', id: first?.id, name: 'Renamed' };
    const one = client.readQuery({ query: ONE, variables: { id: first?.id } });
    const list = client.readQuery({ query: LIST, variables: { first: 2 } });
    expect(one).toEqual({ collection: renamed });
    expect(readList(list).nodes[0]).toMatchObject({ id: first?.id, name: 'Renamed' });
  });

  it('reads what a person can act on as data, through the Error interface', async () => {
    const warn = vi.spyOn(console, 'warn');
    const { data, error } = await client.mutate({
      mutation: RENAME,
      variables: { input: { id: 'col_of_nobody', name: ' ' } },
    });
    expect(error).toBeUndefined();
    expect(data).toEqual({
      updateCollection: {
        __typename: 'InvalidInputError',
        message: expect.any(String),
        code: 'BAD_USER_INPUT',
        issues: [{ __typename: 'InputIssue', path: ['input', 'name'] }],
      },
    });
    // It warns where its cache can't tell which types an interface or union has.
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it('shows the code of an error, with what data there is', async () => {
    const { data, error } = await client.query({
      query: ONE,
      variables: { id: '..' },
      errorPolicy: 'all',
    });
    expect(data).toEqual({ collection: null });
    if (!CombinedGraphQLErrors.is(error)) throw new Error('Apollo Client reports no GraphQL errors.');
    expect(error.errors.map(({ extensions }) => extensions?.['code'])).toEqual(['BAD_USER_INPUT']);
  });

  it('shows the code of a refusal, whose status is 400', async () => {
    const refused = client.query({ query: LIST, variables: {} });
    await expect(refused).rejects.toSatisfy(CombinedGraphQLErrors.is);
    await expect(refused).rejects.toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });
});
