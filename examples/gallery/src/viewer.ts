import { useQuery } from '@apollo/client/react';
import { graphql } from './__generated__/index.ts';

const VIEWER = graphql(`
  query Viewer {
    viewer {
      name
      canRead
      canWrite
    }
  }
`);

/** Who is signed in, and what they may do. Any component may ask: it is one request. */
export function useViewer() {
  return useQuery(VIEWER);
}

/** Whether to offer what changes anything: not before it is known. */
export function useCanWrite(): boolean {
  return useViewer().data?.viewer.canWrite ?? false;
}
