import type { AuthConfig } from '../server/auth/authenticator.ts';
import { parseApiKeys } from '../server/auth/parse-api-keys.ts';
import { isInsecure } from './values.ts';

/** The variables about callers, each checked by itself. */
interface AuthVariables {
  readonly AUTH_MODE: AuthConfig['mode'];
  readonly AUTH_API_KEYS?: string | undefined;
  readonly AUTH_JWKS_URL?: URL | undefined;
  readonly AUTH_ISSUER?: string | undefined;
  readonly AUTH_AUDIENCE?: string | undefined;
  readonly MAX_TOKEN_BYTES: number;
}

/**
 * Reads how callers are told apart.
 * @param problems is added to when what the mode needs is not there; then the result is `null`
 */
export function parseAuth(vars: AuthVariables, problems: string[]): AuthConfig | null {
  const {
    AUTH_MODE: mode,
    AUTH_API_KEYS: json,
    AUTH_JWKS_URL: jwksUrl,
    AUTH_ISSUER: issuer,
    AUTH_AUDIENCE: audience,
    MAX_TOKEN_BYTES: maxTokenBytes,
  } = vars;
  if (mode === 'none') return { mode };
  if (mode === 'api-key') {
    const keys = json === undefined ? null : parseApiKeys(json);
    if (keys === null)
      problems.push('AUTH_API_KEYS must be set (or AUTH_API_KEYS_FILE) when AUTH_MODE is api-key.');
    else if (!keys.ok) problems.push(...keys.failure.map((problem) => `AUTH_API_KEYS: ${problem}`));
    else return { mode, keys: keys.value };
    return null;
  }
  for (const name of ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE'] as const) {
    if (vars[name] === undefined) problems.push(`${name} must be set when AUTH_MODE is jwt.`);
  }
  if (jwksUrl && isInsecure(jwksUrl))
    problems.push('AUTH_JWKS_URL must be https: whoever alters the keys lets himself in.');
  return jwksUrl && issuer !== undefined && audience !== undefined
    ? { mode, jwksUrl, issuer, audience, maxTokenBytes }
    : null;
}
