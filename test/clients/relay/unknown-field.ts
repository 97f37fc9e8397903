import { graphql } from './artifacts.ts';

// What relay-compiler must refuse: the schema has no such field.
export const unknownFieldQuery = graphql`
  query unknownFieldQuery($id: ID!) {
    collection(id: $id) {
      colour
    }
  }
`;
