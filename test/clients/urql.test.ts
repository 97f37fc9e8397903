import type { Client } from '@urql/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LIST, ONE, RENAME, readList } from './operations.ts';
import { startSandboxedGateway } from './sandboxed-gateway.ts';
import { createUrqlClient } from './snippets/urql-client.ts';

let gateway: Awaited<ReturnType<typeof startSandboxedGateway>>;
let client: Client;

beforeAll(async () => {
  gateway = await startSandboxedGateway(25);
});
afterAll(() => gateway.stop());
beforeEach(() => {
  client = createUrqlClient(gateway.url);
});

describe('urql', () => {
  it('reads the list page by page until it ends', async () => {
    const ids: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page = readList((await client.query(LIST, { first: 10, after })).data);
      ids.push(...page.nodes.map(({ id }) => id));
      [after, more] = [page.endCursor, page.hasNextPage];
    }
    expect(ids).toHaveLength(25);
    expect(new Set(ids).size).toBe(25);
  });

  it('reads again what a mutation changed, because the answer names its type', async () => {
    const [first] = readList((await client.query(LIST, { first: 1 })).data).nodes;
    const { data } = await client.mutation(RENAME, { input: { id: first?.id, name: 'Renamed' } });
    expect(data).toMatchObject({
      updateCollection: { __typename: 'UpdateCollectionPayload', collection: { id: first?.id } },
    });
    const again = await client.query(LIST, { first: 1 });
    expect(readList(again.data).nodes).toMatchObject([{ id: first?.id, name: 'Renamed' }]);
    const one = await client.query(ONE, { id: first?.id });
    expect(one.data).toMatchObject({ collection: { name: 'Renamed' } });
  });

  it('reads what a person can act on as data', async () => {
    const { data, error } = await client.mutation(RENAME, { input: { id: 'col_of_nobody', name: 'x' } });
    expect(error).toBeUndefined();
    expect(data).toEqual({
      updateCollection: { __typename: 'NotFoundError', message: expect.any(String), code: 'NOT_FOUND' },
    });
  });

  it('shows the code of an error, with what data there is', async () => {
    const { data, error } = await client.query(LIST, { first: 10, after: 'no cursor' });
    expect(data).toBeNull();
    expect(error?.graphQLErrors.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
    expect(error?.networkError).toBeUndefined();
  });

  it('shows the code of a refusal, whose status is 400', async () => {
    const { error } = await client.query(LIST, {});
    expect(error?.graphQLErrors.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
  });
});
