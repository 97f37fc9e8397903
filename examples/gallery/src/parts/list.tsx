import { type ErrorLike, NetworkStatus } from '@apollo/client';
import type { ReactNode } from 'react';
import { problemOf } from '../gateway/apollo-client.ts';
import { More, Skeletons, Trouble } from './states.tsx';

interface Query {
  readonly error?: ErrorLike | undefined;
  readonly loading: boolean;
  refetch(): Promise<unknown>;
}

interface ListQuery<Data> extends Query {
  readonly data: Data | undefined;
  readonly previousData?: Data | undefined;
  readonly networkStatus: NetworkStatus;
  fetchMore(options: { variables: { after: string | null } }): Promise<{ error?: ErrorLike | undefined }>;
}

interface Props<Data, Node> {
  /** Of `useQuery`, with `after` among its variables. */
  readonly query: ListQuery<Data>;
  /** What it says where nothing is in it. */
  readonly empty: string;
  read(data: Data): Connection<Node> | null | undefined;
  children(node: Node): ReactNode;
}

interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** A list that grows as one scrolls, in all its states: loading, not to be had, empty, a next page that failed. */
export function List<Data, Node>({ query, empty, read, children }: Props<Data, Node>) {
  const { data, previousData, networkStatus, fetchMore } = query;
  // A next page that comes leaves the list as it is.
  const isLoading = networkStatus < NetworkStatus.ready && networkStatus !== NetworkStatus.fetchMore;
  // While another list is read, as after a key in a search, what was there stays on the screen.
  const shown = data ?? (isLoading ? previousData : undefined);
  const list = shown && read(shown);
  if (!list) return <Missing query={query} />;
  const { edges, pageInfo } = list;
  const loadNext = () =>
    fetchMore({ variables: { after: pageInfo.endCursor } }).then(
      ({ error }) => (error === undefined ? null : problemOf(error)),
      problemOf,
    );
  return (
    <>
      {edges.length === 0 && <p className="empty">{empty}</p>}
      <ul className="grid" aria-busy={isLoading}>
        {edges.map(({ node }) => children(node))}
      </ul>
      {pageInfo.hasNextPage && !isLoading && <More key={edges.length} load={loadNext} />}
    </>
  );
}

/** Takes the place of data that are not there yet, or could not be loaded. */
export function Missing({ query: { error, loading, refetch } }: { readonly query: Query }) {
  if (error === undefined || loading) return <Skeletons />;
  return <Trouble problem={problemOf(error)} retry={() => void refetch().catch(() => {})} />;
}
