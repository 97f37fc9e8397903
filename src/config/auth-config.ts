import type { AuthConfig } from '../server/auth/authenticator.ts';
import { parseApiKeys } from '../server/auth/parse-api-keys.ts';
import { isInsecure } from './values.ts';
import type { Settings } from './variables/variables.ts';

type CallerSettings = Settings['callers'];
type FindProxy = (url: URL) => URL | null;

/**
 * Reads how callers are told apart.
 * @param findProxy tells through which proxy a URL is called, if through one
 * @param problems is added to when what the mode needs is not there; then the result is `null`
 */
export function parseAuth(
  settings: CallerSettings,
  findProxy: FindProxy,
  problems: string[],
): AuthConfig | null {
  const { mode } = settings;
  if (mode === 'none') return { mode };
  return mode === 'api-key' ? parseKeys(settings, problems) : parseJwt(settings, findProxy, problems);
}

function parseKeys({ apiKeys }: CallerSettings, problems: string[]): AuthConfig | null {
  if (apiKeys === undefined) {
    problems.push('AUTH_API_KEYS must be set (or AUTH_API_KEYS_FILE) when AUTH_MODE is api-key.');
    return null;
  }
  const keys = parseApiKeys(apiKeys);
  if (keys.ok) return { mode: 'api-key', keys: keys.value };
  problems.push(...keys.failure.map((problem) => `AUTH_API_KEYS: ${problem}`));
  return null;
}

function parseJwt(settings: CallerSettings, findProxy: FindProxy, problems: string[]): AuthConfig | null {
  const { jwksUrl, issuer, audience, maxTokenBytes } = settings;
  const needed = { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience };
  for (const [name, value] of Object.entries(needed)) {
    if (value === undefined) problems.push(`${name} must be set when AUTH_MODE is jwt.`);
  }
  if (jwksUrl && isInsecure(jwksUrl))
    problems.push('AUTH_JWKS_URL must be https: whoever alters the keys lets himself in.');
  return jwksUrl && issuer !== undefined && audience !== undefined
    ? { mode: 'jwt', jwksUrl, jwksProxy: findProxy(jwksUrl), issuer, audience, maxTokenBytes }
    : null;
}
