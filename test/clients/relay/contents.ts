import { graphql } from './artifacts.ts';

export const contentsQuery = graphql`
  query contentsQuery($id: ID!) {
    collection(id: $id) {
      name
      assets(first: 2) @catch(to: RESULT) {
        nodes {
          id
        }
      }
    }
  }
`;
