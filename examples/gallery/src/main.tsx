import { ApolloProvider, useApolloClient, useQuery } from '@apollo/client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createApolloClient, problemOf } from './gateway/apollo-client.ts';
import { VIEWER } from './gateway/documents.ts';
import { authorization, signIn } from './gateway/session.ts';
import { CollectionPage } from './pages/collection-page.tsx';
import { CollectionsPage } from './pages/collections-page.tsx';
import { TextField, textIn } from './parts/fields.tsx';
import { useCollectionId } from './route.ts';
import './styles.css';

function App() {
  const id = useCollectionId();
  const { data, error } = useQuery(VIEWER);
  if (error !== undefined && problemOf(error).code === 'UNAUTHENTICATED') return <SignIn />;
  const canWrite = error === undefined ? data?.viewer.canWrite : false;
  return (
    <>
      <header>
        <a href="./#/">Collections</a>
        {canWrite === false && <span className="badge">Read only</span>}
        <a href="relay.html">The list with Relay</a>
      </header>
      <main>
        {id === null ? (
          <CollectionsPage canWrite={canWrite} />
        ) : (
          <CollectionPage key={id} id={id} canWrite={canWrite} />
        )}
      </main>
    </>
  );
}

/** Asks for the key that the gateway wants to see; asks again while it is not accepted. */
function SignIn() {
  const client = useApolloClient();
  const submit = async (form: FormData) => {
    signIn(textIn(form, 'key'));
    await client.resetStore().catch(() => {});
  };
  return (
    <main className="sign-in">
      <h1>Sign in</h1>
      <form action={submit}>
        <TextField label="Your key for this gateway" name="key" type="password" />
        {authorization().authorization && <p role="alert">The gateway does not know this key.</p>}
        <button className="primary">Sign in</button>
      </form>
    </main>
  );
}

const root = document.querySelector('#root') ?? document.body;
createRoot(root).render(
  <StrictMode>
    <ApolloProvider client={createApolloClient()}>
      <App />
    </ApolloProvider>
  </StrictMode>,
);
