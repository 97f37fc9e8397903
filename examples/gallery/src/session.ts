const KEY = 'gateway-key';

/** Where GraphQL is. */
export const GATEWAY_URL: string = import.meta.env['VITE_GATEWAY_URL'] ?? 'http://localhost:4000/graphql';

/** The header that tells the gateway who calls; none until somebody has signed in, for a gateway that asks nobody. */
export function authorization(): Record<string, string> {
  const key = sessionStorage.getItem(KEY);
  return key === null ? {} : { authorization: `Bearer ${key}` };
}

/** Whether somebody has given a key, right or not. */
export function hasKey(): boolean {
  return sessionStorage.getItem(KEY) !== null;
}

/** Keeps the key for as long as the tab is open. */
export function signIn(key: string): void {
  sessionStorage.setItem(KEY, key);
}
