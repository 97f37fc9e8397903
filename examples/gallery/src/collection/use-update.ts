import type { CardFragment, TileFragment } from '../__generated__/graphql.ts';
import { useToast } from '../toasts.tsx';
import { useAction } from '../use-action.ts';
import { UPDATE } from './documents.ts';

type Cover = Pick<TileFragment, 'scenarioId' | 'previewUrl'>;

/** Renames a collection; sets or, with `null`, unsets the picture that stands for it. */
export function useUpdate(collection: CardFragment) {
  const { id } = collection;
  const toast = useToast();
  const update = useAction(UPDATE);
  const change = async (
    input: { name?: string; thumbnailAssetId?: string | null },
    shown: Partial<CardFragment>,
    done: string,
  ) => {
    const expected = { __typename: 'Collection', ...collection, ...shown } as const;
    const updated = await update(
      { input: { id, ...input } },
      { __typename: 'UpdateCollectionPayload', collection: expected },
    );
    if (updated !== null) toast('good', done);
  };
  return {
    rename: (name: string) => change({ name }, { name }, 'Renamed.'),
    setCover: (cover: Cover | null) =>
      change(
        { thumbnailAssetId: cover?.scenarioId ?? null },
        { thumbnail: cover && { assetId: cover.scenarioId, url: cover.previewUrl ?? '' } },
        cover === null ? 'The cover is removed.' : 'This is the cover now.',
      ),
  };
}
