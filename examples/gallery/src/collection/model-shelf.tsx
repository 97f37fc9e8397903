import { useQuery } from '@apollo/client/react';
import { Picture } from '../parts/picture.tsx';
import { Skeletons } from '../parts/skeletons.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { problemOf } from '../problem-of.ts';
import { MODELS } from './documents.ts';

/** The models of a collection. Where a model has no picture of its own, something that it made stands for it. */
export function ModelShelf({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery(MODELS, { variables: { id } });
  const models = data?.collection?.models;
  return (
    <section aria-labelledby="models">
      <h2 id="models">Models</h2>
      {!models && error === undefined && <Skeletons count={4} />}
      {!models && error !== undefined && (
        <Trouble problem={problemOf(error)} retry={() => void refetch().catch(() => {})} />
      )}
      <ul className="grid">
        {models?.edges.map(({ node }) => (
          <li key={node.id} className="tile">
            <Picture src={node.thumbnail?.url ?? node.exampleAssets?.[0]?.previewUrl} />
            {node.isCustom && <span className="kind">Your own</span>}
            <p>{node.name ?? node.type}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
