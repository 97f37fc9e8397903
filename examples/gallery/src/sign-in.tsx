import { useApolloClient } from '@apollo/client/react';
import { textOf } from './parts/text-of.ts';
import { hasKey, signIn } from './session.ts';

/** Asks for the key that the gateway wants to see; asks again while it is not accepted. */
export function SignIn() {
  const client = useApolloClient();
  const submit = async (form: FormData) => {
    signIn(textOf(form, 'key'));
    await client.resetStore().catch(() => {});
  };
  return (
    <main className="sign-in">
      <h1>Sign in</h1>
      <form action={submit}>
        <label htmlFor="key">Your key for this gateway</label>
        <input id="key" name="key" type="password" autoComplete="current-password" required />
        {hasKey() && <p role="alert">The gateway does not know this key.</p>}
        <button type="submit">Sign in</button>
      </form>
    </main>
  );
}
