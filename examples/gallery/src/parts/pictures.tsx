import type { ReactNode } from 'react';
import type { CardFragment, TileFragment } from '../__generated__/graphql.ts';
import { collectionHref } from '../route.ts';
import { useSight } from './use-sight.ts';
import { contentsOf, KINDS, titleOf } from './words.ts';

type Url = string | null | undefined;

/** A picture in a box whose size the style sheet gives: nothing moves when it arrives. */
function Picture({ src }: { readonly src: Url }) {
  return <div className="picture">{src && <img src={src} alt="" loading="lazy" decoding="async" />}</div>;
}

interface TileProps {
  readonly src: Url;
  /** What sort of thing it is, where that does not go without saying. */
  readonly kind: string | false;
  readonly title: string;
  /** What can be done with it. */
  readonly children?: ReactNode;
}

/** An asset or a model. */
export function Tile({ src, kind, title, children }: TileProps) {
  return (
    <li className="tile">
      <Picture src={src} />
      {kind && <span className="kind">{kind}</span>}
      <p>{title}</p>
      {children}
    </li>
  );
}

/** What a tile shows of an asset. */
export function tileOf(asset: TileFragment): TileProps {
  const { previewUrl, kind } = asset;
  return { src: previewUrl, kind: kind !== 'IMAGE' && KINDS[kind], title: titleOf(asset) };
}

interface CardProps {
  readonly collection: Omit<CardFragment, '__typename' | 'thumbnail'> & {
    readonly thumbnail?: { readonly url: string } | null | undefined;
  };
  /** Pictures out of it, which lie on its own when one points at it, and always where it has none. */
  readonly previews?: readonly Url[] | undefined;
  /** One points at it, has come to it by keyboard, or sees that it has no picture of its own. */
  peek?(): void;
}

/** A collection, which opens when one follows it. */
export function Card({ collection, previews, peek }: CardProps) {
  const cover = collection.thumbnail?.url;
  const seen = useSight<HTMLLIElement>(() => !cover && peek?.());
  return (
    <li className="card" ref={seen}>
      <a href={collectionHref(collection.id)} onPointerEnter={peek} onFocus={peek}>
        <Picture src={cover} />
        <div className="mosaic">{previews?.map((src) => src && <Picture key={src} src={src} />)}</div>
        <h2>{collection.name}</h2>
        <p>{contentsOf(collection)}</p>
      </a>
    </li>
  );
}
