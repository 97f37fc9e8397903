import type { CardFragment, TileFragment } from '../__generated__/graphql.ts';
import { removeNode } from '../cached-lists.ts';
import { titleOf } from '../kinds.ts';
import { useToast } from '../toasts.tsx';
import { useAction } from '../use-action.ts';
import { REMOVE } from './documents.ts';
import { useUpdate } from './use-update.ts';

interface Props {
  readonly asset: TileFragment;
  readonly collection: CardFragment;
}

/** What can be done with an asset of a collection. */
export function AssetActions({ asset, collection }: Props) {
  const { id } = collection;
  const { setCover } = useUpdate(collection);
  const toast = useToast();
  const remove = useAction(REMOVE, (cache) => removeNode(cache, { ownerId: id, field: 'assets' }, asset.id));
  const submit = async () => {
    const expected = {
      __typename: 'Collection',
      ...collection,
      assetCount: collection.assetCount - 1,
    } as const;
    const removed = await remove(
      { input: { id, assetIds: [asset.scenarioId] } },
      { __typename: 'RemoveAssetsFromCollectionPayload', collection: expected },
    );
    if (removed !== null) toast('good', 'Removed from this collection.');
  };
  const isCover = collection.thumbnail?.assetId === asset.scenarioId;
  return (
    <div className="actions" role="group" aria-label={titleOf(asset)}>
      <button type="button" className="quiet" disabled={isCover} onClick={() => void setCover(asset)}>
        {isCover ? 'Cover' : 'Use as cover'}
      </button>
      <button type="button" className="quiet danger" onClick={() => void submit()}>
        Remove
      </button>
    </div>
  );
}
