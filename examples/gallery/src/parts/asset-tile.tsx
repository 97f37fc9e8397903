import type { ReactNode } from 'react';
import type { TileFragment } from '../__generated__/graphql.ts';
import { kindName, titleOf } from '../kinds.ts';
import { Picture } from './picture.tsx';

interface Props {
  readonly asset: TileFragment;
  /** What can be done with it. */
  readonly children?: ReactNode;
}

/** An asset as a picture, with what it is and what it is called. */
export function AssetTile({ asset, children }: Props) {
  return (
    <li className="tile">
      <Picture src={asset.previewUrl} />
      {asset.kind !== 'IMAGE' && <span className="kind">{kindName(asset.kind)}</span>}
      <p>{titleOf(asset)}</p>
      {children}
    </li>
  );
}
