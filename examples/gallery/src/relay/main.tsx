import { StrictMode, Suspense, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import { RelayEnvironmentProvider } from 'react-relay';
import { Skeletons, Trouble } from '../parts/states.tsx';
import '../styles.css';
import { CollectionList } from './collection-list.tsx';
import { createEnvironment, problemOf } from './environment.ts';

function RelayPage() {
  const [attempt, setAttempt] = useState(0);
  return (
    <>
      <header>
        <a href="./">Collections</a>
        <span className="badge">Relay</span>
      </header>
      <main>
        <div className="heading">
          <h1>Collections</h1>
        </div>
        <ErrorBoundary FallbackComponent={Failed} onReset={() => setAttempt(attempt + 1)}>
          <Suspense fallback={<Skeletons />}>
            <CollectionList attempt={attempt} />
          </Suspense>
        </ErrorBoundary>
      </main>
    </>
  );
}

function Failed({ error, resetErrorBoundary }: FallbackProps) {
  return <Trouble problem={problemOf(error)} retry={resetErrorBoundary} />;
}

const root = document.querySelector('#root') ?? document.body;
createRoot(root).render(
  <StrictMode>
    <RelayEnvironmentProvider environment={createEnvironment()}>
      <RelayPage />
    </RelayEnvironmentProvider>
  </StrictMode>,
);
