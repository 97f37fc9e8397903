import { useQuery } from '@apollo/client/react';
import { Skeletons } from '../parts/skeletons.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { problemOf } from '../problem-of.ts';
import { AssetGrid } from './asset-grid.tsx';
import { CollectionHeading } from './collection-heading.tsx';
import { COLLECTION } from './documents.ts';
import { ModelShelf } from './model-shelf.tsx';

/** One collection: what it is called, its assets, its models. */
export function CollectionPage({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery(COLLECTION, {
    variables: { id },
    // What the list knew shows at once; others may have changed it since.
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  if (data === undefined) {
    if (error === undefined) return <Skeletons count={8} />;
    return <Trouble problem={problemOf(error)} retry={() => void refetch().catch(() => {})} />;
  }
  if (data.collection === null) return <Gone />;
  return (
    <>
      <title>{data.collection.name}</title>
      <CollectionHeading collection={data.collection} />
      <AssetGrid collection={data.collection} />
      {data.collection.modelCount > 0 && <ModelShelf id={id} />}
    </>
  );
}

function Gone() {
  return (
    <div className="trouble">
      <h1>This collection does not exist</h1>
      <p>Somebody may have deleted it.</p>
      <a className="button" href="#/">
        All collections
      </a>
    </div>
  );
}
