import { useState } from 'react';
import type { CardFragment } from '../__generated__/graphql.ts';
import { Dialog } from '../parts/dialog.tsx';
import { useToast } from '../toasts.tsx';
import { countOf } from '../words.ts';
import type { AddReport } from './add-report.ts';
import { NONE, type Picked, pickedAmong } from './picked.ts';
import { Picker } from './picker.tsx';
import { Report } from './report.tsx';
import { useAddAssets } from './use-add-assets.ts';

interface Props {
  readonly collection: CardFragment;
  close(): void;
}

/** Picks assets out of one's library and adds them; tells what became of those that were not simply added. */
export function PickDialog({ collection, close }: Props) {
  const [picked, setPicked] = useState<Picked>(NONE);
  const [report, setReport] = useState<AddReport | null>(null);
  const { add, progress } = useAddAssets(collection);
  const toast = useToast();
  const submit = async (chosen: Picked) => {
    const outcome = await add([...chosen.values()]);
    const isPlain = outcome.present + outcome.failures.length + outcome.left.length === 0;
    if (!isPlain) setReport(outcome);
    else {
      toast('good', `${countOf(outcome.added, 'asset')} added.`);
      close();
    }
  };
  const left = pickedAmong(picked, report?.left ?? []);
  return (
    <Dialog title={`Add assets to “${collection.name}”`} className="wide" close={close}>
      {report === null ? (
        <Picker collectionId={collection.id} picked={picked} onPick={setPicked} />
      ) : (
        <Report report={report} picked={picked} />
      )}
      <div className="actions">
        <Progress done={progress} all={picked.size} />
        <button type="button" className="quiet" onClick={close}>
          {report === null ? 'Cancel' : 'Close'}
        </button>
        {report === null && <Submit verb="Add" assets={picked} isBusy={progress !== null} submit={submit} />}
        {left.size > 0 && (
          <Submit verb="Try again:" assets={left} isBusy={progress !== null} submit={submit} />
        )}
      </div>
    </Dialog>
  );
}

function Progress({ done, all }: { readonly done: number | null; readonly all: number }) {
  if (done === null) return <p role="status">{all} picked</p>;
  return (
    <p role="status">
      {done} of {all} done <progress value={done} max={all} aria-label="Assets that are done" />
    </p>
  );
}

interface SubmitProps {
  readonly verb: string;
  readonly assets: Picked;
  readonly isBusy: boolean;
  submit(assets: Picked): Promise<void>;
}

function Submit({ verb, assets, isBusy, submit }: SubmitProps) {
  return (
    <button type="button" disabled={isBusy || assets.size === 0} onClick={() => void submit(assets)}>
      {verb} {countOf(assets.size, 'asset')}
    </button>
  );
}
