import { useLazyQuery, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import type { CardFragment, CollectionOrder } from '../__generated__/graphql.ts';
import { ASSETS, COLLECTIONS, CREATE } from '../gateway/documents.ts';
import { editList } from '../gateway/edit-list.ts';
import { useAction } from '../gateway/use-action.ts';
import { FormDialog } from '../parts/dialog.tsx';
import { SearchField, TextField, textIn } from '../parts/fields.tsx';
import { List } from '../parts/list.tsx';
import { Card } from '../parts/pictures.tsx';
import { countOf } from '../parts/words.ts';

const PAGE_SIZE = 24;
const ORDERS: Readonly<Record<string, CollectionOrder>> = {
  'By name': { field: 'NAME', direction: 'ASC' },
  'Newest first': { field: 'CREATED_AT', direction: 'DESC' },
  'Last changed first': { field: 'UPDATED_AT', direction: 'DESC' },
  'Largest first': { field: 'ITEM_COUNT', direction: 'DESC' },
};

/** All collections, as far as one has scrolled. */
export function CollectionsPage({ canWrite }: { readonly canWrite: boolean | undefined }) {
  const [name, setName] = useState('');
  const [orderBy, setOrderBy] = useState<CollectionOrder>();
  const filter = name ? { name } : undefined;
  // The total can be missing alone.
  const query = useQuery(COLLECTIONS, {
    variables: { first: PAGE_SIZE, filter, orderBy },
    errorPolicy: 'all',
  });
  const total = (query.data ?? query.previousData)?.collections.totalCount;
  const empty = name ? 'No collection matches' : 'No collections yet';
  return (
    <>
      <title>Collections</title>
      <div className="heading">
        <h1>Collections</h1>
        <search className="controls">
          <SearchField label="Search collections by name" placeholder="Search by name" search={setName} />
          <select aria-label="Order" onChange={({ target }) => setOrderBy(ORDERS[target.value])}>
            {['Scenario’s order', ...Object.keys(ORDERS)].map((order) => (
              <option key={order}>{order}</option>
            ))}
          </select>
        </search>
        {canWrite && <CreateCollection />}
      </div>
      <p className="total" role="status">
        {typeof total === 'number' && `${countOf(total, 'collection')}${name && ` with “${name}”`}`}
      </p>
      <List query={query} read={({ collections }) => collections} empty={empty}>
        {(node) => <CollectionCard key={node.id} collection={node} />}
      </List>
    </>
  );
}

/** A collection as a picture; the first four of its assets when one points at it, or in place of a cover that it lacks. */
function CollectionCard({ collection }: { readonly collection: CardFragment }) {
  const { id, assetCount } = collection;
  const [read, { data }] = useLazyQuery(ASSETS);
  // What was read once is kept: a second look makes no request.
  const peek = () => void (assetCount > 0 && read({ variables: { id, first: 4 } }).catch(() => {}));
  const previews = data?.collection?.assets?.edges.slice(0, 4).map(({ node }) => node.previewUrl);
  return <Card collection={collection} previews={previews} peek={peek} />;
}

function CreateCollection() {
  const create = useAction(CREATE, (cache, { collection: { id } }) =>
    editList(cache, 'prepend', `Collection:${id}`, { of: 'ROOT_QUERY', field: 'collections' }),
  );
  const submit = (form: FormData) => {
    const name = textIn(form, 'name');
    // The same key makes a repeat safe, which the network may do as well as a person.
    const idempotencyKey = crypto.randomUUID();
    const expected = { id: `new ${idempotencyKey}`, name, assetCount: 0, modelCount: 0, thumbnail: null };
    return create(
      { input: { name, idempotencyKey } },
      { __typename: 'CreateCollectionPayload', collection: { __typename: 'Collection', ...expected } },
      `“${name}” created`,
    );
  };
  return (
    <FormDialog text="New collection" title="New collection" verb="Create" submit={submit}>
      <TextField label="Name" name="name" maxLength={1_000} />
    </FormDialog>
  );
}
