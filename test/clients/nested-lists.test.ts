import { gql } from '@apollo/client';
import { createOperationDescriptor, fetchQuery, getRequest } from 'relay-runtime';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { dig } from '../support/dig.ts';
import { openFrontDoor } from '../support/front-door.ts';
import { type Answer, json } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { wireAsset } from '../support/wire-members.ts';
import { compileDocuments } from './relay/artifacts.ts';
import { contentsQuery } from './relay/contents.ts';
import { createApolloClient } from './snippets/apollo-client.ts';
import { createRelayEnvironment } from './snippets/relay-environment.ts';

const CONTENTS = gql`
  query Contents {
    collection(id: "col_1") {
      id
      name
      assets(first: 2) {
        edges {
          cursor
          node {
            id
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

let areAssetsDown = false;
beforeEach(() => {
  areAssetsDown = false;
});

const service: Answer = ({ path }) => {
  if (path !== '/v1/assets') return json({ collection: wireCollection({ id: 'col_1' }) });
  if (areAssetsDown) return json({}, 500);
  return json({ assets: [wireAsset({ collectionIds: ['col_1'] })] });
};

it.each(['none', 'all'] as const)(
  'Apollo Client keeps a nested list whose refetch fails, with errorPolicy %s',
  async (errorPolicy) => {
    const { gateway } = await openFrontDoor(service);
    const client = createApolloClient(gateway.url);
    onTestFinished(() => client.stop());
    await client.query({ query: CONTENTS });
    areAssetsDown = true;
    await client.query({ query: CONTENTS, errorPolicy, fetchPolicy: 'network-only' }).catch(() => {});
    const kept = client.readQuery({ query: CONTENTS });
    expect(dig(kept, 'collection', 'assets', 'edges')).toHaveLength(1);
  },
);

it('Apollo Client shows a nested list that has never come as one with more to load, which loads it', async () => {
  const { gateway } = await openFrontDoor(service);
  const client = createApolloClient(gateway.url);
  onTestFinished(() => client.stop());
  areAssetsDown = true;
  const query = client.watchQuery({ query: CONTENTS, errorPolicy: 'all' });
  await query.refetch();
  const shown = client.readQuery({ query: CONTENTS });
  expect(dig(shown, 'collection', 'assets')).toMatchObject({ edges: [], pageInfo: { hasNextPage: true } });
  areAssetsDown = false;
  await query.fetchMore({});
  expect(dig(client.readQuery({ query: CONTENTS }), 'collection', 'assets', 'edges')).toHaveLength(1);
});

it('Relay tells a nested list that failed from an empty one with @catch', async () => {
  await compileDocuments('contents.ts');
  const { gateway } = await openFrontDoor(service);
  const environment = createRelayEnvironment(gateway.url);
  const operation = createOperationDescriptor(getRequest(contentsQuery()), { id: 'col_1' });
  environment.retain(operation);
  const read = async () => {
    await fetchQuery(environment, contentsQuery(), { id: 'col_1' }).toPromise();
    return dig(environment.lookup(operation.fragment).data, 'collection');
  };
  expect(await read()).toMatchObject({ assets: { ok: true, value: { nodes: [{}] } } });
  areAssetsDown = true;
  const failed = { ok: false, errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true } }] };
  expect(await read()).toMatchObject({ name: 'Forest props', assets: failed });
});
