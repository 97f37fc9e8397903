import { ConfigError, type Environment, type UpstreamConfig } from '../config/config.ts';

/** The upstream to call, with what opens it. */
export interface Upstream {
  readonly baseUrl: URL;
  readonly key: string;
  readonly secret: string;
  readonly projectId: string | null;
  /** Ends the embedded sandbox, if that is what it is. */
  close(): Promise<void>;
}

/**
 * Gives the configured upstream; starts the sandbox when that is it, which is loaded in no other case.
 * @throws ConfigError for bad settings of the sandbox
 */
export async function openUpstream(config: UpstreamConfig, sandboxEnv: Environment): Promise<Upstream> {
  if (config.kind === 'scenario') return { ...config, close: async () => {} };
  const [{ parseEmbeddedSandboxOptions }, { startSandbox }] = await Promise.all([
    import('../sandbox/sandbox-options.ts'),
    import('../sandbox/start-sandbox.ts'),
  ]);
  const parsed = parseEmbeddedSandboxOptions(sandboxEnv);
  if (!parsed.ok) throw new ConfigError(parsed.problems);
  const { url, credentials, close } = await startSandbox(parsed.options);
  return { baseUrl: new URL(url), ...credentials, projectId: null, close };
}
