import { useState } from 'react';
import type { AssetKind } from '../__generated__/graphql.ts';
import { kindName, SEARCHED_KINDS } from '../kinds.ts';
import { useDebounced } from '../parts/use-debounced.ts';
import { Library } from './library.tsx';
import type { Picked } from './picked.ts';

interface Props {
  readonly collectionId: string;
  readonly picked: Picked;
  onPick(picked: Picked): void;
}

/** Search and kinds over the library. */
export function Picker({ collectionId, picked, onPick }: Props) {
  const [search, setSearch] = useState('');
  const [kinds, setKinds] = useState<readonly AssetKind[]>([]);
  const text = useDebounced(search.trim());
  return (
    <>
      <search className="controls">
        <input
          type="search"
          aria-label="Search your assets"
          placeholder="Search names, prompts and tags"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <fieldset className="chips">
          <legend className="unseen">Kinds</legend>
          {SEARCHED_KINDS.map((kind) => (
            <label key={kind}>
              <input
                type="checkbox"
                checked={kinds.includes(kind)}
                onChange={({ target }) =>
                  setKinds(target.checked ? [...kinds, kind] : kinds.filter((one) => one !== kind))
                }
              />
              {kindName(kind)}
            </label>
          ))}
        </fieldset>
      </search>
      <Library collectionId={collectionId} text={text} kinds={kinds} picked={picked} onPick={onPick} />
    </>
  );
}
