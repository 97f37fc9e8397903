import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Activity } from './activity.ts';
import { answerFailures } from './answer-failures.ts';
import { FaultRegistry } from './fault-registry.ts';
import type { FaultsInput } from './faults.ts';
import { type OpenStores, openStores } from './open-stores.ts';
import { pictureUrls } from './pictures/picture-url.ts';
import { publicRoutes } from './public-routes.ts';
import { sandboxApp } from './sandbox-app.ts';
import type { SandboxCredentials } from './sandbox-env.ts';
import { MembershipJournal } from './search/membership-journal.ts';

export interface SandboxOptions {
  /** Default `127.0.0.1`. */
  host?: string | undefined;
  /** Default 0: a free port that the system chooses. */
  port?: number | undefined;
  /** SQLite file that keeps the data between runs; in memory without. */
  file?: string | undefined;
  /** Default `sandbox` and `sandbox`. */
  credentials?: SandboxCredentials | undefined;
  /** How many sample collections a new store gets; default 137. */
  seedCount?: number | undefined;
  /** How many assets each of them holds; without it they differ. */
  seedAssets?: number | undefined;
  /** How many models each of them holds, a third of them public; without it they differ. */
  seedModels?: number | undefined;
  /**
   * `http://host:port` where browsers reach its pictures; without it the sandbox's own address. A function is asked for
   * each address, as whoever embeds the sandbox may listen later.
   */
  publicUrl?: string | (() => string) | undefined;
  /** Faults from the start, and again after a reset. */
  faults?: FaultsInput | undefined;
}

export interface Sandbox {
  /** Base URL of the API, such as `http://127.0.0.1:4010/v1`. */
  url: string;
  credentials: SandboxCredentials;
  /**
   * Answers what browsers ask of a gateway that embeds the sandbox: `/sandbox/pictures/…`, and `/sandbox/faults`, which
   * is for development alone. All else is a 404. Needs no credentials; never rejects.
   */
  fetchPublic(request: Request): Promise<Response>;
  /** Cuts every connection, hung ones too, and closes the store. */
  close(): Promise<void>;
}

/**
 * Starts a server that plays the Scenario Collections API. Rejects when the port is taken, when the file is not a
 * sandbox store, and when the faults are not valid.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, file, seedCount = 137 } = options;
  const credentials = options.credentials ?? { key: 'sandbox', secret: 'sandbox' };
  const faults = new FaultRegistry(options.faults);
  const stores = openStores(file, {
    count: seedCount,
    assets: options.seedAssets,
    models: options.seedModels,
  });
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    stores.close();
    throw error;
  }
  const origin = originOf(server);
  const { publicUrl = origin } = options;
  const pictureUrl = pictureUrls(typeof publicUrl === 'string' ? () => publicUrl : publicUrl);
  const journal = new MembershipJournal(stores.library);
  const app = sandboxApp({ ...stores, journal, faults, activity: new Activity(), credentials, pictureUrl });
  const publicApp = answerFailures(publicRoutes({ ...stores, faults }), faults);
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  server.on('request', (request, response) => void listener(request, response));
  let closing: Promise<void> | undefined;
  return {
    url: `${origin}/v1`,
    credentials,
    fetchPublic: async (request) => publicApp.fetch(request),
    close: () => (closing ??= shutDown(server, stores)),
  };
}

async function shutDown(server: Server, stores: OpenStores): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
  stores.close();
}

/** The address in use, as a client on this machine reaches it. */
function originOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sandbox is not listening on TCP');
  const reachable = address.address.replace(/^0\.0\.0\.0$/, '127.0.0.1').replace(/^::$/, '::1');
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${address.port}`;
}
