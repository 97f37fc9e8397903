import { useState } from 'react';
import { graphql, type PreloadedQuery, usePaginationFragment, usePreloadedQuery } from 'react-relay';
import type { collectionList_page$key } from './__generated__/collectionList_page.graphql.ts';
import type { collectionListPageQuery } from './__generated__/collectionListPageQuery.graphql.ts';
import type { collectionListQuery } from './__generated__/collectionListQuery.graphql.ts';
import { RelayCard } from './relay-card.tsx';

export const PAGE_SIZE = 24;

export const LIST = graphql`
  query collectionListQuery($first: Int!) {
    ...collectionList_page @arguments(first: $first)
  }
`;

const PAGE = graphql`
  fragment collectionList_page on Query
  @argumentDefinitions(first: { type: "Int", defaultValue: 24 }, after: { type: "String" })
  @refetchable(queryName: "collectionListPageQuery") {
    collections(first: $first, after: $after) @connection(key: "collectionList_collections") {
      edges {
        node {
          id
          ...relayCard_collection
        }
      }
    }
  }
`;

/** All collections, page by page. */
export function CollectionList({ query }: { readonly query: PreloadedQuery<collectionListQuery> }) {
  const page = usePreloadedQuery<collectionListQuery>(LIST, query);
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    collectionListPageQuery,
    collectionList_page$key
  >(PAGE, page);
  const { edges } = data.collections;
  const [askedAt, setAskedAt] = useState<number | null>(null);
  // A page that failed leaves what there was: a list that may go on, and has not grown.
  const hasFailed = askedAt === edges.length && !isLoadingNext;
  const more = () => {
    setAskedAt(edges.length);
    loadNext(PAGE_SIZE);
  };
  return (
    <>
      <ul className="grid">
        {edges.map(({ node }) => (
          <RelayCard key={node.id} collection={node} />
        ))}
      </ul>
      {hasNext && (
        <div className="more" role="status">
          {hasFailed && <p>More could not be loaded. What you see is still right.</p>}
          <button type="button" disabled={isLoadingNext} onClick={more}>
            {hasFailed ? 'Try again' : 'Show more'}
          </button>
        </div>
      )}
    </>
  );
}
