import { z } from 'zod';
import type { Site } from './site.ts';

const made = z.object({ createCollection: z.object({ collection: z.object({ id: z.string() }) }) });
const listed = z.object({
  assets: z.object({ nodes: z.array(z.object({ id: z.string(), scenarioId: z.string() })) }),
});
const counted = z.object({ collections: z.object({ totalCount: z.number() }) });
const held = z.object({ collection: z.object({ name: z.string(), assetCount: z.number() }).nullable() });

export interface Sample {
  readonly id: string;
  readonly name: string;
  /** Of its page in the gallery. */
  readonly path: string;
}

/** Makes a collection for one test, with so many of one's newest assets. */
export async function makeCollection(site: Site, name: string, assetCount = 0): Promise<Sample> {
  const create =
    'mutation ($name: String!) { createCollection(input: { name: $name }) { ... on CreateCollectionPayload { collection { id } } } }';
  const { id } = made.parse(await site.query(create, { name })).createCollection.collection;
  if (assetCount > 0) {
    const add =
      'mutation ($id: ID!, $assetIds: [ID!]!) { addAssetsToCollection(input: { id: $id, assetIds: $assetIds }) { __typename } }';
    await site.query(add, { id, assetIds: await newestAssets(site, assetCount) });
  }
  return { id, name, path: `#/collections/${encodeURIComponent(id)}` };
}

/** The Scenario ids of one's newest assets, in the order in which they can be picked. */
export async function newestAssets(site: Site, count: number): Promise<string[]> {
  const query = 'query ($first: Int!) { assets(first: $first) { nodes { id scenarioId } } }';
  return listed
    .parse(await site.query(query, { first: count }))
    .assets.nodes.map(({ scenarioId }) => scenarioId);
}

/** How many collections there are, those included that other tests made. */
export async function countCollections(site: Site): Promise<number> {
  const { collections } = counted.parse(await site.query('{ collections(first: 0) { totalCount } }'));
  return collections.totalCount;
}

/** What the gateway knows of a collection; `null` when it does not exist. */
export async function readCollection(site: Site, id: string) {
  const query = 'query ($id: ID!) { collection(id: $id) { name assetCount } }';
  return held.parse(await site.query(query, { id })).collection;
}
