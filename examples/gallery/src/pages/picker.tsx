import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import type { AssetKind, TileFragment } from '../__generated__/graphql.ts';
import { FRESH } from '../gateway/apollo-client.ts';
import { LIBRARY } from '../gateway/documents.ts';
import { Check, SearchField } from '../parts/fields.tsx';
import { List } from '../parts/list.tsx';
import { Tile, tileOf } from '../parts/pictures.tsx';
import { KINDS, titleOf } from '../parts/words.ts';

const PAGE_SIZE = 50;
const SEARCHED_KINDS = ['IMAGE', 'VIDEO', 'AUDIO', 'MODEL_3D', 'TEXT'] as const;

interface Props {
  readonly collectionId: string;
  readonly picked: readonly TileFragment[];
  pick(picked: readonly TileFragment[]): void;
}

/** One's assets, to pick from. */
export function Picker({ collectionId, picked, pick }: Props) {
  const [text, setText] = useState('');
  const [kinds, setKinds] = useState<readonly AssetKind[]>([]);
  const filter = { ...(text && { text }), ...(kinds.length > 0 && { kinds }) };
  const query = useQuery(LIBRARY, { variables: { first: PAGE_SIZE, filter }, ...FRESH });
  const shown = query.data?.assets.edges.map(({ node }) => node) ?? [];
  const unpicked = shown.filter(({ id }) => !picked.some((one) => one.id === id));
  return (
    <>
      <search className="controls">
        <SearchField
          label="Search your assets"
          placeholder="Search names, prompts and tags"
          search={setText}
        />
        <button onClick={() => pick([...picked, ...unpicked])} disabled={unpicked.length === 0}>
          Select all shown
        </button>
        <Kinds chosen={kinds} choose={setKinds} />
      </search>
      <div className="library">
        <List query={query} read={({ assets }) => assets} empty="No assets match">
          {(asset) => (
            <Tile key={asset.id} {...tileOf(asset)}>
              <label className="pick">
                <Check item={asset} chosen={picked} choose={pick} label={titleOf(asset)} />
                {asset.collectionIds.includes(collectionId) && 'In it already'}
              </label>
            </Tile>
          )}
        </List>
      </div>
    </>
  );
}

interface KindsProps {
  readonly chosen: readonly AssetKind[];
  choose(kinds: readonly AssetKind[]): void;
}

function Kinds({ chosen, choose }: KindsProps) {
  return (
    <fieldset aria-label="Kinds">
      {SEARCHED_KINDS.map((kind) => (
        <label key={kind}>
          <Check item={kind} chosen={chosen} choose={choose} />
          {KINDS[kind]}
        </label>
      ))}
    </fieldset>
  );
}
