import type { HttpBindings } from '@hono/node-server';
import type { Activity } from './activity.ts';
import type { CollectionsStore } from './collections-store.ts';
import type { FaultRegistry } from './fault-registry.ts';

/** Hono's view of a request: the Node request and answer underneath are needed for transport faults. */
export interface SandboxEnv {
  Bindings: HttpBindings;
}

export interface SandboxCredentials {
  key: string;
  secret: string;
}

/** What the routes work on. */
export interface SandboxParts {
  store: CollectionsStore;
  faults: FaultRegistry;
  activity: Activity;
  credentials: SandboxCredentials;
  /** `http://host:port` of the listener. */
  origin: string;
}

/** The path below `/v1`, as rules, ledger and statistics name it. */
export function apiPath(path: string): string {
  return path.replace(/^\/v1/, '');
}
