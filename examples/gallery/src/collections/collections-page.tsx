import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import type { CollectionOrder } from '../__generated__/graphql.ts';
import { isLoadingFirst } from '../parts/loading.ts';
import { More } from '../parts/more.tsx';
import { Skeletons } from '../parts/skeletons.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useDebounced } from '../parts/use-debounced.ts';
import { problemOf } from '../problem-of.ts';
import { useCanWrite } from '../viewer.ts';
import { countOf } from '../words.ts';
import { CollectionCard } from './collection-card.tsx';
import { CreateCollection } from './create-collection.tsx';
import { COLLECTIONS } from './documents.ts';
import { ListControls } from './list-controls.tsx';

const PAGE_SIZE = 24;

/** All collections, as far as one has scrolled. */
export function CollectionsPage() {
  const [search, setSearch] = useState('');
  const [orderBy, setOrderBy] = useState<CollectionOrder>();
  const canWrite = useCanWrite();
  return (
    <>
      <title>Collections</title>
      <div className="heading">
        <h1>Collections</h1>
        <ListControls search={search} onSearch={setSearch} onOrder={setOrderBy} />
        {canWrite && <CreateCollection />}
      </div>
      <CollectionsList search={useDebounced(search.trim())} orderBy={orderBy} />
    </>
  );
}

interface ListProps {
  readonly search: string;
  readonly orderBy: CollectionOrder | undefined;
}

function CollectionsList({ search, orderBy }: ListProps) {
  const { data, previousData, error, networkStatus, fetchMore, refetch } = useQuery(COLLECTIONS, {
    variables: { first: PAGE_SIZE, ...(search && { filter: { name: search } }), ...(orderBy && { orderBy }) },
    // The total can be missing alone.
    errorPolicy: 'all',
  });
  const isLoading = isLoadingFirst(networkStatus);
  // While one types, what was found before stays on the screen.
  const list = (data ?? (isLoading ? previousData : undefined))?.collections;
  if (list === undefined) {
    if (error === undefined || isLoading) return <Skeletons count={12} />;
    return <Trouble problem={problemOf(error)} retry={() => void refetch().catch(() => {})} />;
  }
  const { edges, pageInfo, totalCount } = list;
  return (
    <section aria-busy={isLoading}>
      <p className="total" role="status">
        {totalCount === null ? ' ' : countOf(totalCount, 'collection')}
        {search && ` with “${search}”`}
      </p>
      {edges.length === 0 && (
        <p className="empty">{search ? 'No name has all these words.' : 'There are no collections yet.'}</p>
      )}
      <ul className="grid">
        {edges.map(({ node }) => (
          <CollectionCard key={node.id} collection={node} />
        ))}
      </ul>
      {pageInfo.hasNextPage && !isLoading && (
        <More key={edges.length} load={() => fetchMore({ variables: { after: pageInfo.endCursor } })} />
      )}
    </section>
  );
}
