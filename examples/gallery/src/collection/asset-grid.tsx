import { useQuery } from '@apollo/client/react';
import type { CardFragment } from '../__generated__/graphql.ts';
import { AssetTile } from '../parts/asset-tile.tsx';
import { isLoadingFirst } from '../parts/loading.ts';
import { More } from '../parts/more.tsx';
import { Skeletons } from '../parts/skeletons.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { problemOf } from '../problem-of.ts';
import { useCanWrite } from '../viewer.ts';
import { AssetActions } from './asset-actions.tsx';
import { ASSETS } from './documents.ts';

const PAGE_SIZE = 30;

/** The assets of a collection, as far as one has scrolled. */
export function AssetGrid({ collection }: { readonly collection: CardFragment }) {
  const canWrite = useCanWrite();
  const { data, error, networkStatus, fetchMore, refetch } = useQuery(ASSETS, {
    variables: { id: collection.id, first: PAGE_SIZE },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const isLoading = isLoadingFirst(networkStatus);
  const assets = data?.collection?.assets;
  if (!assets) {
    if (error === undefined || isLoading) return <Skeletons count={8} />;
    return <Trouble problem={problemOf(error)} retry={() => void refetch().catch(() => {})} />;
  }
  const { edges, pageInfo } = assets;
  return (
    <section aria-label="Assets">
      {edges.length === 0 && (
        <p className="empty">There are no assets in it yet.{canWrite && ' Add some to begin.'}</p>
      )}
      <ul className="grid">
        {edges.map(({ node }) => (
          <AssetTile key={node.id} asset={node}>
            {canWrite && <AssetActions asset={node} collection={collection} />}
          </AssetTile>
        ))}
      </ul>
      {pageInfo.hasNextPage && !isLoading && (
        <More key={edges.length} load={() => fetchMore({ variables: { after: pageInfo.endCursor } })} />
      )}
    </section>
  );
}
