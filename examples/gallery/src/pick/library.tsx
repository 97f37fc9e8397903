import { useQuery } from '@apollo/client/react';
import type { ReactNode } from 'react';
import type { AssetFilter, AssetKind, TileFragment } from '../__generated__/graphql.ts';
import { titleOf } from '../kinds.ts';
import { AssetTile } from '../parts/asset-tile.tsx';
import { isLoadingFirst } from '../parts/loading.ts';
import { More } from '../parts/more.tsx';
import { Skeletons } from '../parts/skeletons.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { problemOf } from '../problem-of.ts';
import { LIBRARY } from './documents.ts';
import { type Picked, withPicked } from './picked.ts';

const PAGE_SIZE = 50;

interface Props {
  readonly collectionId: string;
  readonly text: string;
  readonly kinds: readonly AssetKind[];
  readonly picked: Picked;
  onPick(picked: Picked): void;
}

/** One's assets, to pick from. Without search and kinds it is the plain list, which costs least. */
export function Library({ collectionId, text, kinds, picked, onPick }: Props) {
  const filter: AssetFilter = { ...(text && { text }), ...(kinds.length > 0 && { kinds }) };
  const { data, previousData, error, networkStatus, fetchMore, refetch } = useQuery(LIBRARY, {
    variables: { first: PAGE_SIZE, filter },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const isLoading = isLoadingFirst(networkStatus);
  const assets = (data ?? (isLoading ? previousData : undefined))?.assets;
  if (assets === undefined) {
    if (error === undefined || isLoading) return <Skeletons count={8} />;
    return <Trouble problem={problemOf(error)} retry={() => void refetch().catch(() => {})} />;
  }
  const { edges, pageInfo } = assets;
  const more = () => fetchMore({ variables: { after: pageInfo.endCursor } });
  return (
    <div className="library" aria-busy={isLoading}>
      {edges.length === 0 && <p className="empty">Nothing of yours is like that.</p>}
      <ul className="grid">
        {edges.map(({ node }) => (
          <AssetTile key={node.id} asset={node}>
            <PickBox asset={node} picked={picked} onPick={onPick}>
              {node.collectionIds.includes(collectionId) && 'In it already'}
            </PickBox>
          </AssetTile>
        ))}
      </ul>
      {pageInfo.hasNextPage && !isLoading && <More key={edges.length} load={more} />}
    </div>
  );
}

interface PickBoxProps extends Pick<Props, 'picked' | 'onPick'> {
  readonly asset: TileFragment;
  readonly children: ReactNode;
}

function PickBox({ asset, picked, onPick, children }: PickBoxProps) {
  return (
    <label className="pick">
      <input
        type="checkbox"
        aria-label={titleOf(asset)}
        checked={picked.has(asset.scenarioId)}
        onChange={({ target }) => onPick(withPicked(picked, asset, target.checked))}
      />
      {children}
    </label>
  );
}
