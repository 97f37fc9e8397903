import type { CardFragment } from '../__generated__/graphql.ts';
import { removeNode } from '../cached-lists.ts';
import { Dialog } from '../parts/dialog.tsx';
import { goToCollections } from '../route.ts';
import { useToast } from '../toasts.tsx';
import { useAction } from '../use-action.ts';
import { DELETE } from './documents.ts';

interface Props {
  readonly collection: CardFragment;
  close(): void;
}

export function DeleteDialog({ collection: { id, name }, close }: Props) {
  const toast = useToast();
  const remove = useAction(DELETE, (cache, { deletedCollectionId }) =>
    removeNode(cache, { field: 'collections' }, deletedCollectionId),
  );
  const submit = async () => {
    goToCollections();
    const deleted = await remove(
      { input: { id } },
      { __typename: 'DeleteCollectionPayload', deletedCollectionId: id },
    );
    if (deleted !== null) toast('good', `“${name}” is deleted.`);
  };
  return (
    <Dialog title="Delete collection" close={close}>
      <p>“{name}” will be gone for everybody. The assets in it stay.</p>
      <div className="actions">
        <button type="button" className="quiet" onClick={close}>
          Cancel
        </button>
        <button type="button" className="danger" onClick={() => void submit()}>
          Delete
        </button>
      </div>
    </Dialog>
  );
}
