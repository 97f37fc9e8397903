import { StrictMode, Suspense, useCallback, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { RelayEnvironmentProvider, useQueryLoader } from 'react-relay';
import { Skeletons } from '../parts/skeletons.tsx';
import '../styles.css';
import type { collectionListQuery } from './__generated__/collectionListQuery.graphql.ts';
import { CatchTrouble } from './catch-trouble.tsx';
import { CollectionList, LIST, PAGE_SIZE } from './collection-list.tsx';
import { createEnvironment } from './environment.ts';

function RelayPage() {
  const [query, load] = useQueryLoader<collectionListQuery>(LIST);
  const read = useCallback(() => load({ first: PAGE_SIZE }, { fetchPolicy: 'network-only' }), [load]);
  useEffect(read, [read]);
  return (
    <>
      <header className="bar">
        <a className="brand" href="./">
          Collections
        </a>
        <span className="badge">Relay</span>
      </header>
      <main>
        <div className="heading">
          <h1>Collections</h1>
        </div>
        {query && (
          <CatchTrouble key={query.fetchKey} retry={read}>
            <Suspense fallback={<Skeletons count={12} />}>
              <CollectionList query={query} />
            </Suspense>
          </CatchTrouble>
        )}
      </main>
    </>
  );
}

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root.');
createRoot(root).render(
  <StrictMode>
    <RelayEnvironmentProvider environment={createEnvironment()}>
      <RelayPage />
    </RelayEnvironmentProvider>
  </StrictMode>,
);
