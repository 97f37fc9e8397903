import { graphql, useFragment } from 'react-relay';
import { Picture } from '../parts/picture.tsx';
import { collectionHref } from '../route.ts';
import { countOf } from '../words.ts';
import type { relayCard_collection$key } from './__generated__/relayCard_collection.graphql.ts';

/** A collection as a picture, which opens in the gallery. */
export function RelayCard({ collection }: { readonly collection: relayCard_collection$key }) {
  const { id, name, assetCount, modelCount, thumbnail } = useFragment(
    graphql`
      fragment relayCard_collection on Collection {
        id
        name
        assetCount
        modelCount
        thumbnail {
          url
        }
      }
    `,
    collection,
  );
  return (
    <li className="card">
      <a href={`./${collectionHref(id)}`}>
        <Picture src={thumbnail?.url} />
        <h2>{name}</h2>
        <p>
          {countOf(assetCount, 'asset')} · {countOf(modelCount, 'model')}
        </p>
      </a>
    </li>
  );
}
