import { type AccountConfig, ConfigError, type Environment, type UpstreamConfig } from '../config/config.ts';
import { DEFAULT_ACCOUNT } from '../shared/brands.ts';

/** The upstream to call, with what opens its accounts. */
export interface Upstream {
  readonly baseUrl: URL;
  /** At least one, each with a name of its own. */
  readonly accounts: readonly [AccountConfig, ...AccountConfig[]];
  /** What is served of an embedded sandbox at the gateway's own address; `null` for any other upstream. */
  readonly sandbox: EmbeddedSandbox | null;
  /** Ends the embedded sandbox, if that is what it is. */
  close(): Promise<void>;
}

/** The part of a sandbox that browsers see. */
export interface EmbeddedSandbox {
  fetch(request: Request): Promise<Response>;
  /** Where browsers find it. */
  publicUrl(): string;
}

/**
 * Gives the configured upstream; starts the sandbox when that is it, which is loaded in no other case.
 * @param ownUrl the gateway's own address, once it listens: where browsers find a sandbox that is given no other
 * @throws ConfigError for bad settings of the sandbox
 */
export async function openUpstream(
  config: UpstreamConfig,
  sandboxEnv: Environment,
  ownUrl: () => string,
): Promise<Upstream> {
  if (config.kind === 'scenario') return { ...config, sandbox: null, close: async () => {} };
  const [{ parseEmbeddedSandboxOptions }, { startSandbox }] = await Promise.all([
    import('../sandbox/sandbox-options.ts'),
    import('../sandbox/start-sandbox.ts'),
  ]);
  const parsed = parseEmbeddedSandboxOptions(sandboxEnv);
  if (!parsed.ok) throw new ConfigError(parsed.problems);
  const { publicUrl = ownUrl, ...options } = parsed.options;
  const { url, credentials, close, fetchPublic } = await startSandbox({ ...options, publicUrl });
  const sandbox = {
    fetch: fetchPublic,
    publicUrl: typeof publicUrl === 'string' ? () => publicUrl : publicUrl,
  };
  const account = { name: DEFAULT_ACCOUNT, ...credentials, projectId: null };
  return { baseUrl: new URL(url), accounts: [account], sandbox, close };
}
