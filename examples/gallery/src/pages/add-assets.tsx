import { useState } from 'react';
import type { CardFragment, TileFragment } from '../__generated__/graphql.ts';
import { Dialog } from '../parts/dialog.tsx';
import { tell } from '../parts/tell.ts';
import { countOf, titleOf } from '../parts/words.ts';
import { Picker } from './picker.tsx';
import { type Outcome, useAddAssets } from './use-add-assets.ts';

interface Props {
  readonly collection: CardFragment;
}

/** Picks assets out of one's library and adds them; tells what became of those that were not simply added. */
export function AddAssets({ collection }: Props) {
  return (
    <Dialog text="Add assets" title={`Add assets to “${collection.name}”`}>
      {(close) => <PickAndAdd collection={collection} close={close} />}
    </Dialog>
  );
}

function PickAndAdd({ collection, close }: Props & { close(): void }) {
  const [picked, setPicked] = useState<readonly TileFragment[]>([]);
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null);
  const { add, done } = useAddAssets(collection);
  const next = outcomes === null ? picked : assetsThat('left', outcomes);
  const submit = async () => {
    const became = await add(next);
    if (assetsThat('added', became).length < next.length) setOutcomes(became);
    else {
      tell('good', `${countOf(next.length, 'asset')} added`);
      close();
    }
  };
  const isPicking = outcomes === null;
  return (
    <>
      {isPicking ? (
        <Picker collectionId={collection.id} picked={picked} pick={setPicked} />
      ) : (
        <Report outcomes={outcomes} />
      )}
      <div className="actions">
        <p role="status">
          {done === null ? isPicking && `${picked.length} picked` : `${done} of ${next.length} done`}
        </p>
        {done !== null && <progress value={done} max={next.length} aria-label="Assets that are done" />}
        <button onClick={close}>{isPicking ? 'Cancel' : 'Close'}</button>
        {(isPicking || next.length > 0) && (
          <button
            className="primary"
            disabled={done !== null || next.length === 0}
            onClick={() => void submit()}
          >
            {isPicking ? 'Add' : 'Try again:'} {next.length === 0 ? 'assets' : countOf(next.length, 'asset')}
          </button>
        )}
      </div>
    </>
  );
}

function Report({ outcomes }: { readonly outcomes: readonly Outcome[] }) {
  const count = (became: Outcome['became']) => assetsThat(became, outcomes).length;
  const failed = outcomes.filter(({ became }) => became === 'failed');
  const left = outcomes.find(({ became }) => became === 'left');
  return (
    <div className="report" role="status">
      {count('added') > 0 && <p>{countOf(count('added'), 'asset')} added.</p>}
      {count('present') > 0 && <p>{countOf(count('present'), 'asset')} had been in it already.</p>}
      {failed.length > 0 && <p>{countOf(failed.length, 'asset')} could not be added:</p>}
      <ul>
        {failed.map(({ asset, why }) => (
          <li key={asset.id}>
            <strong>{titleOf(asset)}</strong> {why}
          </li>
        ))}
      </ul>
      {left && <p>{`${countOf(count('left'), 'asset')} still to add. ${left.why}`}</p>}
    </div>
  );
}

function assetsThat(became: Outcome['became'], outcomes: readonly Outcome[]): readonly TileFragment[] {
  return outcomes.filter((outcome) => outcome.became === became).map(({ asset }) => asset);
}
