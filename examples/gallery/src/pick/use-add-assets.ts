import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import type { CardFragment, TileFragment } from '../__generated__/graphql.ts';
import { prependNode } from '../cached-lists.ts';
import { ASSETS } from '../collection/documents.ts';
import { problemOf } from '../problem-of.ts';
import { type AddReport, NOTHING, withResult, withStop } from './add-report.ts';
import { ADD } from './documents.ts';

// What the gateway sends in one call: a mutation for each lets one see how far it is.
const CHUNK_SIZE = 49;

/** Adds any number of assets to a collection, part by part; `progress` counts those that are done while it runs. */
export function useAddAssets(collection: CardFragment) {
  const [progress, setProgress] = useState<number | null>(null);
  const client = useApolloClient();
  const addChunk = useAddChunk(collection);
  const add = async (assets: readonly TileFragment[]): Promise<AddReport> => {
    let report = NOTHING;
    for (let from = 0; from < assets.length && report.stop === null; from += CHUNK_SIZE) {
      setProgress(from);
      const chunk = assets.slice(from, from + CHUNK_SIZE);
      try {
        report = withResult(report, chunk, await addChunk(chunk, report.added));
      } catch (error) {
        report = withStop(report, chunk, problemOf(error).text);
      }
      if (report.stop !== null) report = withStop(report, assets.slice(from + CHUNK_SIZE), report.stop);
    }
    setProgress(null);
    // What others added, and what of a part went through, only the list itself can tell.
    if (report.added < assets.length) await client.refetchQueries({ include: [ASSETS] });
    return report;
  };
  return { add, progress };
}

function useAddChunk(collection: CardFragment) {
  const client = useApolloClient();
  const { id, assetCount } = collection;
  return async (chunk: readonly TileFragment[], addedBefore: number) => {
    const assetIds = chunk.map(({ scenarioId }) => scenarioId);
    const expected = {
      __typename: 'Collection',
      ...collection,
      assetCount: assetCount + addedBefore + chunk.length,
    } as const;
    const { data } = await client.mutate({
      mutation: ADD,
      variables: { input: { id, assetIds } },
      optimisticResponse: {
        result: {
          __typename: 'AddAssetsToCollectionPayload',
          collection: expected,
          addedIds: assetIds,
          alreadyPresentIds: [],
        },
      },
      update: (cache, answer) => {
        const result = answer.data?.result;
        if (result?.__typename !== 'AddAssetsToCollectionPayload') return;
        const added = new Set(result.addedIds);
        for (const asset of chunk) {
          if (added.has(asset.scenarioId))
            prependNode(cache, { ownerId: id, field: 'assets' }, 'Asset', asset.id);
        }
      },
    });
    if (!data?.result) throw new Error('An answer without errors has a result.');
    return data.result;
  };
}
