import { gql } from '@apollo/client';
import { parse } from 'graphql';

/** Fragments stand where code puts them in, not where the manifest has them. */
export const APOLLO_LIST = gql`
  fragment Thumb on Collection {
    thumbnail {
      url
    }
  }
  fragment Row on Collection {
    id
    name
    ...Thumb
  }
  fragment Counts on Collection {
    assetCount
    modelCount
  }
  query List($first: Int!) {
    collections(first: $first) {
      edges {
        cursor
        node {
          ...Row
          ...Counts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

/** What `@apollo/generate-persisted-query-manifest` 1.4.0 wrote for it. */
export const APOLLO_MANIFEST = `{
  "format": "apollo-persisted-query-manifest",
  "version": 1,
  "operations": [
    {
      "id": "78d9db38321ed4faa7f0d006e1d123c61b190c000cd048a0d0cdec615a685da6",
      "name": "List",
      "type": "query",
      "body": "query List($first: Int!) {\\n  collections(first: $first) {\\n    edges {\\n      cursor\\n      node {\\n        ...Row\\n        ...Counts\\n        __typename\\n      }\\n      __typename\\n    }\\n    pageInfo {\\n      hasNextPage\\n      endCursor\\n      __typename\\n    }\\n    __typename\\n  }\\n}\\n\\nfragment Counts on Collection {\\n  assetCount\\n  modelCount\\n  __typename\\n}\\n\\nfragment Row on Collection {\\n  id\\n  name\\n  ...Thumb\\n  __typename\\n}\\n\\nfragment Thumb on Collection {\\n  thumbnail {\\n    url\\n    __typename\\n  }\\n  __typename\\n}"
    }
  ]
}`;

const URQL_HASH = 'sha256:6876dc743560fa19c87ab8bd16db13539e5613788bdaf07e67ac32c315d22363';
const URQL_TEXT =
  'fragment Row on Collection { __typename id name } query List($first: Int!) { __typename collections(first: $first) { __typename nodes { __typename assetCount ...Row } pageInfo { __typename endCursor hasNextPage } } }';

/** What the client preset 6.2.0 of GraphQL Code Generator wrote, with 'addTypenameSelectionDocumentTransform'. */
export const URQL_MANIFEST = JSON.stringify({ [URQL_HASH]: URQL_TEXT });

/** The document as it stands in your code: other than the text of the manifest, and with its hash. */
export const URQL_LIST = {
  __meta__: { hash: URQL_HASH },
  ...parse(`
    query List($first: Int!) {
      __typename
      collections(first: $first) {
        __typename
        nodes {
          __typename
          ...Row
          assetCount
        }
        pageInfo {
          __typename
          hasNextPage
          endCursor
        }
      }
    }
    fragment Row on Collection {
      __typename
      id
      name
    }
  `),
};
