import { useQuery } from '@apollo/client/react';
import { FRESH } from '../gateway/apollo-client.ts';
import { ASSETS, COLLECTION, MODELS } from '../gateway/documents.ts';
import { List, Missing } from '../parts/list.tsx';
import { Tile, tileOf } from '../parts/pictures.tsx';
import { contentsOf } from '../parts/words.ts';
import { AssetActions, CollectionActions } from './collection-actions.tsx';

const PAGE_SIZE = 30;

/** One collection: what it is called, its assets, its models. */
export function CollectionPage({
  id,
  canWrite,
}: {
  readonly id: string;
  readonly canWrite: boolean | undefined;
}) {
  const query = useQuery(COLLECTION, { variables: { id }, ...FRESH });
  const assets = useQuery(ASSETS, { variables: { id, first: PAGE_SIZE }, ...FRESH });
  // What can be done is known before it shows, so that nothing moves when that comes.
  if (query.data === undefined || canWrite === undefined) return <Missing query={query} />;
  const { collection } = query.data;
  if (collection === null) return <Gone />;
  const empty = `No assets yet.${canWrite ? ' Add some to begin.' : ''}`;
  return (
    <>
      <title>{collection.name}</title>
      <div className="heading">
        <div>
          <a href="./#/">‹ All collections</a>
          <h1 ref={focus} tabIndex={-1}>
            {collection.name}
          </h1>
          <p>{contentsOf(collection)}</p>
        </div>
        {canWrite && <CollectionActions collection={collection} />}
      </div>
      <section aria-label="Assets">
        <List query={assets} read={(data) => data.collection?.assets} empty={empty}>
          {(asset) => (
            <Tile key={asset.id} {...tileOf(asset)}>
              {canWrite && <AssetActions asset={asset} collection={collection} />}
            </Tile>
          )}
        </List>
      </section>
      {collection.modelCount > 0 && <Models id={id} />}
    </>
  );
}

/** Who hears the page learns that it is another one. */
function focus(heading: HTMLElement | null): void {
  heading?.focus();
}

function Gone() {
  return (
    <p className="trouble" role="alert">
      This collection does not exist. Somebody may have deleted it. <a href="./#/">All collections</a>
    </p>
  );
}

/** Where a model has no picture of its own, something that it made stands for it. */
function Models({ id }: { readonly id: string }) {
  const query = useQuery(MODELS, { variables: { id, first: PAGE_SIZE } });
  return (
    <section aria-labelledby="models">
      <h2 id="models">Models</h2>
      <List query={query} read={(data) => data.collection?.models} empty="No models">
        {({ id: key, name, type, isCustom, thumbnail, exampleAssets }) => {
          const src = thumbnail?.url ?? exampleAssets?.[0]?.previewUrl;
          return <Tile key={key} src={src} kind={isCustom && 'Your own'} title={name ?? type} />;
        }}
      </List>
    </section>
  );
}
