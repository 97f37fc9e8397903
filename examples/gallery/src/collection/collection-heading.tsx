import { useEffect, useRef, useState } from 'react';
import type { CardFragment } from '../__generated__/graphql.ts';
import { NameDialog } from '../parts/name-dialog.tsx';
import { PickDialog } from '../pick/pick-dialog.tsx';
import { useCanWrite } from '../viewer.ts';
import { countOf } from '../words.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { useUpdate } from './use-update.ts';

type Opened = 'add' | 'rename' | 'delete' | null;

/** The name of a collection, and what can be done with it. */
export function CollectionHeading({ collection }: { readonly collection: CardFragment }) {
  const canWrite = useCanWrite();
  const heading = useRef<HTMLHeadingElement>(null);
  // Who hears the page learns that it is another one.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="heading">
      <div className="title">
        <a className="quiet" href="#/">
          ‹ All collections
        </a>
        <h1 ref={heading} tabIndex={-1}>
          {collection.name}
        </h1>
        <p className="total">
          {countOf(collection.assetCount, 'asset')} · {countOf(collection.modelCount, 'model')}
        </p>
      </div>
      {canWrite && <Actions collection={collection} />}
    </div>
  );
}

function Actions({ collection }: { readonly collection: CardFragment }) {
  const [opened, setOpened] = useState<Opened>(null);
  const { rename, setCover } = useUpdate(collection);
  const close = () => setOpened(null);
  return (
    <div className="actions">
      <button type="button" onClick={() => setOpened('add')}>
        Add assets
      </button>
      <button type="button" className="quiet" onClick={() => setOpened('rename')}>
        Rename
      </button>
      {collection.thumbnail !== null && (
        <button type="button" className="quiet" onClick={() => void setCover(null)}>
          Remove cover
        </button>
      )}
      <button type="button" className="quiet danger" onClick={() => setOpened('delete')}>
        Delete
      </button>
      {opened === 'add' && <PickDialog collection={collection} close={close} />}
      {opened === 'rename' && (
        <NameDialog
          title="Rename collection"
          submitText="Rename"
          name={collection.name}
          submit={(name) => void rename(name)}
          close={close}
        />
      )}
      {opened === 'delete' && <DeleteDialog collection={collection} close={close} />}
    </div>
  );
}
