import type { Config } from './config.ts';
import type { Orders } from './workers/topics.ts';

/** The configuration of one worker: its part of the connections, and the sandbox of all if that is the upstream. */
export function workerConfig(config: Config, { connections, sandbox }: Orders): Config {
  const upstreamConnections = connections;
  if (sandbox === null) return { ...config, upstreamConnections };
  const { url, key, secret } = sandbox;
  const upstream = { kind: 'scenario', baseUrl: new URL(url), key, secret, projectId: null } as const;
  return { ...config, upstreamConnections, upstream };
}
