import { useLazyQuery } from '@apollo/client/react';
import type { CardFragment } from '../__generated__/graphql.ts';
import { Picture } from '../parts/picture.tsx';
import { collectionHref } from '../route.ts';
import { countOf } from '../words.ts';
import { MOSAIC } from './documents.ts';

/** A collection as a picture; the first four of its assets when one points at it. */
export function CollectionCard({ collection }: { readonly collection: CardFragment }) {
  const { id, name, assetCount, modelCount, thumbnail } = collection;
  const [read, { data }] = useLazyQuery(MOSAIC);
  // What was read once is kept: a second look makes no request.
  const peek = () => void (assetCount > 0 && read({ variables: { id } }).catch(() => {}));
  const previews = data?.collection?.assets?.edges.slice(0, 4) ?? [];
  return (
    <li className="card">
      <a href={collectionHref(id)} onPointerEnter={peek} onFocus={peek}>
        <Picture src={thumbnail?.url} />
        {previews.length > 0 && (
          <div className="mosaic">
            {previews.map(({ node }) => (
              <Picture key={node.id} src={node.previewUrl} />
            ))}
          </div>
        )}
        <h2>{name}</h2>
        <p>
          {countOf(assetCount, 'asset')} · {countOf(modelCount, 'model')}
        </p>
      </a>
    </li>
  );
}
