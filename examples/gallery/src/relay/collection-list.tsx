import { graphql, useLazyLoadQuery, usePaginationFragment } from 'react-relay';
import type { Problem } from '../gateway/problems.ts';
import { Card } from '../parts/pictures.tsx';
import { More } from '../parts/states.tsx';
import type { collectionList_page$key } from './__generated__/collectionList_page.graphql.ts';
import type { collectionListPageQuery } from './__generated__/collectionListPageQuery.graphql.ts';
import type { collectionListQuery } from './__generated__/collectionListQuery.graphql.ts';

const PAGE_SIZE = 24;
const LIST = graphql`
  query collectionListQuery {
    ...collectionList_page
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
          name
          assetCount
          modelCount
          thumbnail {
            url
          }
        }
      }
    }
  }
`;
// A page that fails leaves what there was: a list that goes on, and has not grown.
const NOT_GROWN: Problem = { code: 'UPSTREAM_UNAVAILABLE', text: 'What you see is still right.' };

/** All collections, as far as one has scrolled. @param attempt another number reads them anew */
export function CollectionList({ attempt }: { readonly attempt: number }) {
  const query = useLazyLoadQuery<collectionListQuery>(LIST, {}, { fetchKey: attempt });
  const { data, hasNext, loadNext } = usePaginationFragment<collectionListPageQuery, collectionList_page$key>(
    PAGE,
    query,
  );
  const { edges } = data.collections;
  const load = () =>
    new Promise<Problem>((resolve) => {
      loadNext(PAGE_SIZE, { onComplete: () => resolve(NOT_GROWN) });
    });
  return (
    <>
      <ul className="grid">
        {edges.map(({ node }) => (
          <Card key={node.id} collection={node} />
        ))}
      </ul>
      {hasNext && <More key={edges.length} load={load} />}
    </>
  );
}
