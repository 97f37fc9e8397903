import { CollectionPage } from './collection/collection-page.tsx';
import { CollectionsPage } from './collections/collections-page.tsx';
import { problemOf } from './problem-of.ts';
import { useCollectionId } from './route.ts';
import { SignIn } from './sign-in.tsx';
import { useViewer } from './viewer.ts';

export function App() {
  const collectionId = useCollectionId();
  const { data, error } = useViewer();
  if (error !== undefined && problemOf(error).code === 'UNAUTHENTICATED') return <SignIn />;
  return (
    <>
      <header className="bar">
        <a className="brand" href="#/">
          Collections
        </a>
        {data !== undefined && !data.viewer.canWrite && <span className="badge">Read only</span>}
        <a className="quiet" href="relay.html">
          The same with Relay
        </a>
      </header>
      <main>
        {collectionId === null ? (
          <CollectionsPage />
        ) : (
          <CollectionPage key={collectionId} id={collectionId} />
        )}
      </main>
    </>
  );
}
