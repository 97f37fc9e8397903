import { isInsecure } from './values.ts';
import type { Mode } from './variables/variable.ts';
import type { Settings } from './variables/variables.ts';

/** Which upstream is called, and with what. */
export type UpstreamConfig =
  | { readonly kind: 'sandbox' }
  | {
      readonly kind: 'scenario';
      readonly baseUrl: URL;
      readonly key: string;
      readonly secret: string;
      readonly projectId: string | null;
    };

/**
 * Reads which upstream is called.
 * @param problems is added to when what it needs is not there; then the result is `null`
 */
export function parseUpstream(
  settings: Settings['upstream'],
  mode: Mode,
  problems: string[],
): UpstreamConfig | null {
  const { key, secret, baseUrl, projectId = null } = settings;
  const hasNoCredentials = key === undefined && secret === undefined;
  const kind = settings.kind ?? (mode === 'development' && hasNoCredentials ? 'sandbox' : 'scenario');
  if (kind === 'sandbox') return { kind };
  if (key === undefined) problems.push(missing('SCENARIO_SDK_API_KEY'));
  if (secret === undefined) problems.push(missing('SCENARIO_SDK_API_SECRET'));
  if (isInsecure(baseUrl) && !settings.allowInsecure) {
    problems.push(
      'SCENARIO_BASE_URL must be https, or the key crosses the network in plain text (ALLOW_INSECURE_UPSTREAM=true allows it).',
    );
  }
  if (key === undefined || secret === undefined) return null;
  return { kind, baseUrl, key, secret, projectId };
}

function missing(name: string): string {
  return `${name} must be set (or ${name}_FILE), unless UPSTREAM is sandbox.`;
}
