import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import type { AddMutation, CardFragment, TileFragment } from '../__generated__/graphql.ts';
import { problemOf } from '../gateway/apollo-client.ts';
import { ADD, ASSETS } from '../gateway/documents.ts';
import { editList } from '../gateway/edit-list.ts';
import { describeCode } from '../gateway/problems.ts';

/** What became of an asset that was to be added; who is left was not tried, or may be in it or not. */
export interface Outcome {
  readonly asset: TileFragment;
  readonly became: 'added' | 'present' | 'failed' | 'left';
  readonly why?: string | undefined;
}

// What the gateway sends in one call: a mutation for each lets one see how far it is.
const PART_SIZE = 49;

/** Adds any number of assets to a collection, part by part; `done` counts them while it runs. */
export function useAddAssets(collection: CardFragment) {
  const [done, setDone] = useState<number | null>(null);
  const client = useApolloClient();
  const addPart = useAddPart(collection);
  const add = async (assets: readonly TileFragment[]): Promise<readonly Outcome[]> => {
    const outcomes: Outcome[] = [];
    while (outcomes.length < assets.length) {
      setDone(outcomes.length);
      const part = assets.slice(outcomes.length, outcomes.length + PART_SIZE);
      outcomes.push(...(await addPart(part, outcomes)));
      const stop = outcomes.find(({ became }) => became === 'left');
      if (stop) outcomes.push(...assets.slice(outcomes.length).map((asset) => left(asset, stop.why)));
    }
    setDone(null);
    // What others added, and what of a part went through, only the list itself can tell.
    if (outcomes.some(({ became }) => became !== 'added')) await client.refetchQueries({ include: [ASSETS] });
    return outcomes;
  };
  return { add, done };
}

function useAddPart({ id, ...collection }: CardFragment) {
  const client = useApolloClient();
  return async (part: readonly TileFragment[], before: readonly Outcome[]): Promise<Outcome[]> => {
    const addedIds = part.map(({ scenarioId }) => scenarioId);
    const addedBefore = before.filter(({ became }) => became === 'added').length;
    const assetCount = collection.assetCount + addedBefore + part.length;
    const expected = { __typename: 'AddAssetsToCollectionPayload', addedIds } as const;
    try {
      const { data } = await client.mutate({
        mutation: ADD,
        variables: { input: { id, assetIds: addedIds } },
        optimisticResponse: { result: { ...expected, collection: { ...collection, id, assetCount } } },
        update: (cache, answer) => {
          const result = answer.data?.result;
          if (result?.__typename !== 'AddAssetsToCollectionPayload') return;
          for (const asset of part.filter(({ scenarioId }) => result.addedIds.includes(scenarioId)))
            editList(cache, 'prepend', `Asset:${asset.id}`, { of: `Collection:${id}`, field: 'assets' });
        },
      });
      return part.map((asset) => outcomeOf(asset, data?.result));
    } catch (error) {
      return part.map((asset) => left(asset, problemOf(error).text));
    }
  };
}

/** A bad id costs only itself; all else stops the run. */
function outcomeOf(asset: TileFragment, result: AddMutation['result'] | undefined): Outcome {
  const id = asset.scenarioId;
  if (result?.__typename === 'AddAssetsToCollectionPayload')
    return { asset, became: result.addedIds.includes(id) ? 'added' : 'present' };
  if (result?.__typename === 'PartiallyAppliedError') {
    if (result.appliedIds.includes(id)) return { asset, became: 'added' };
    const failure = result.failures.find((one) => one.id === id);
    if (failure) return { asset, became: 'failed', why: describeCode(failure.code, failure.message) };
  }
  // Unlike other writes, this one may be repeated without a look.
  if (!result || result.code === 'WRITE_OUTCOME_UNKNOWN')
    return left(asset, 'No answer came for them: they may be in it or not. Adding again does no harm.');
  return left(asset, describeCode(result.code, result.message));
}

function left(asset: TileFragment, why: string | undefined): Outcome {
  return { asset, became: 'left', why };
}
