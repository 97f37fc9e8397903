import { useState } from 'react';
import { prependNode } from '../cached-lists.ts';
import { NameDialog } from '../parts/name-dialog.tsx';
import { useToast } from '../toasts.tsx';
import { useAction } from '../use-action.ts';
import { CREATE } from './documents.ts';

export function CreateCollection() {
  const [isOpen, setIsOpen] = useState(false);
  const toast = useToast();
  const create = useAction(CREATE, (cache, { collection }) =>
    prependNode(cache, { field: 'collections' }, 'Collection', collection.id),
  );
  const submit = async (name: string) => {
    // The same key makes a repeat safe, which the network may do as well as a person.
    const idempotencyKey = crypto.randomUUID();
    const created = await create(
      { input: { name, idempotencyKey } },
      {
        __typename: 'CreateCollectionPayload',
        collection: {
          __typename: 'Collection',
          id: `new ${idempotencyKey}`,
          name,
          assetCount: 0,
          modelCount: 0,
          thumbnail: null,
        },
      },
    );
    if (created !== null) toast('good', `“${created.collection.name}” is there.`);
  };
  return (
    <>
      <button type="button" onClick={() => setIsOpen(true)}>
        New collection
      </button>
      {isOpen && (
        <NameDialog
          title="New collection"
          submitText="Create"
          submit={(name) => void submit(name)}
          close={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
