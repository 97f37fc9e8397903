import type { CardFragment, TileFragment } from '../__generated__/graphql.ts';
import { DELETE, REMOVE, UPDATE } from '../gateway/documents.ts';
import { editList } from '../gateway/edit-list.ts';
import { useAction } from '../gateway/use-action.ts';
import { FormDialog } from '../parts/dialog.tsx';
import { TextField, textIn } from '../parts/fields.tsx';
import { tellProblem } from '../parts/tell.ts';
import { titleOf } from '../parts/words.ts';
import { AddAssets } from './add-assets.tsx';

interface Props {
  readonly collection: CardFragment;
}

/** What can be done with a collection. */
export function CollectionActions({ collection }: Props) {
  const { name, thumbnail } = collection;
  const { rename, setCover } = useUpdate(collection);
  return (
    <div className="actions">
      <AddAssets collection={collection} />
      <FormDialog
        text="Rename"
        title="Rename collection"
        verb="Rename"
        submit={(form) => rename(textIn(form, 'name'))}
      >
        <TextField label="Name" name="name" defaultValue={name} maxLength={1_000} />
      </FormDialog>
      {thumbnail && <button onClick={() => setCover(null)}>Remove cover</button>}
      <DeleteCollection collection={collection} />
    </div>
  );
}

/** What can be done with an asset of a collection. */
export function AssetActions({ asset, collection }: Props & { readonly asset: TileFragment }) {
  const { id, assetCount, thumbnail } = collection;
  const { setCover } = useUpdate(collection);
  const removeAssets = useAction(REMOVE, (cache) =>
    editList(cache, 'remove', `Asset:${asset.id}`, { of: `Collection:${id}`, field: 'assets' }),
  );
  const remove = () => {
    const expected = { ...collection, assetCount: assetCount - 1 };
    void removeAssets(
      { input: { id, assetIds: [asset.scenarioId] } },
      { __typename: 'RemoveAssetsFromCollectionPayload', collection: expected },
      'Asset removed',
    ).then(tellProblem);
  };
  const isCover = thumbnail?.assetId === asset.scenarioId;
  return (
    <div className="actions" role="group" aria-label={titleOf(asset)}>
      <button disabled={isCover} onClick={() => setCover(asset)}>
        {isCover ? 'Cover' : 'Use as cover'}
      </button>
      <button onClick={remove}>Remove</button>
    </div>
  );
}

/** Renames a collection; sets or, with `null`, unsets the picture that stands for it. */
function useUpdate(collection: CardFragment) {
  const { id } = collection;
  const update = useAction(UPDATE);
  const expect = (shown: Partial<CardFragment>) =>
    ({ __typename: 'UpdateCollectionPayload', collection: { ...collection, ...shown } }) as const;
  return {
    rename: (name: string) => update({ input: { id, name } }, expect({ name }), 'Collection renamed'),
    setCover: (asset: TileFragment | null) => {
      const assetId = asset?.scenarioId ?? null;
      const url = asset?.previewUrl ?? '';
      const thumbnail = assetId === null ? null : ({ __typename: 'Thumbnail', assetId, url } as const);
      const done = asset === null ? 'Cover removed' : 'Cover changed';
      void update({ input: { id, thumbnailAssetId: assetId } }, expect({ thumbnail }), done).then(
        tellProblem,
      );
    },
  };
}

function DeleteCollection({ collection: { id, name } }: Props) {
  const remove = useAction(DELETE, (cache) =>
    editList(cache, 'remove', `Collection:${id}`, { of: 'ROOT_QUERY', field: 'collections' }),
  );
  const submit = () => {
    location.hash = '#/';
    const expected = { __typename: 'DeleteCollectionPayload', deletedCollectionId: id } as const;
    return remove({ input: { id } }, expected, `“${name}” deleted`);
  };
  return (
    <FormDialog text="Delete" title="Delete collection" verb="Delete" look="danger" submit={submit}>
      <p>“{name}” will be deleted for everybody. Its assets are kept.</p>
    </FormDialog>
  );
}
