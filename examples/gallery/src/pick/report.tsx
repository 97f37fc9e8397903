import { titleOf } from '../kinds.ts';
import { countOf } from '../words.ts';
import type { AddReport } from './add-report.ts';
import type { Picked } from './picked.ts';

/** What became of the assets that were to be added. */
export function Report({ report, picked }: { readonly report: AddReport; readonly picked: Picked }) {
  const { added, present, failures, left, stop } = report;
  const titleOfId = (id: string) => {
    const asset = picked.get(id);
    return asset === undefined ? id : titleOf(asset);
  };
  return (
    <div className="report" role="status">
      {added > 0 && <p>{countOf(added, 'asset')} added.</p>}
      {present > 0 && <p>{countOf(present, 'asset')} had been in it already.</p>}
      {failures.length > 0 && (
        <>
          <p>{countOf(failures.length, 'asset')} could not be added:</p>
          <ul>
            {failures.map(({ id, text }) => (
              <li key={id}>
                <strong>{titleOfId(id)}</strong> {text}
              </li>
            ))}
          </ul>
        </>
      )}
      {stop !== null && (
        <p>
          {countOf(left.length, 'asset')} {left.length === 1 ? 'was' : 'were'} left. {stop}
        </p>
      )}
    </div>
  );
}
