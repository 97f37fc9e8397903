const KEY = 'gateway-key';

/** Where GraphQL is. */
export const GATEWAY_URL: string = import.meta.env['VITE_GATEWAY_URL'] ?? 'http://localhost:4000/graphql';

/** The header that tells who calls; empty until somebody has signed in, as for a gateway that asks nobody. */
export function authorization(): { readonly authorization?: string } {
  const key = sessionStorage.getItem(KEY);
  return key === null ? {} : { authorization: `Bearer ${key}` };
}

/** Keeps the key for as long as the tab is open. */
export function signIn(key: string): void {
  sessionStorage.setItem(KEY, key);
}
