import { hash } from 'node:crypto';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import type { FaultsInput } from '../../src/sandbox/faults.ts';
import { queryGateway } from '../support/gateway.ts';
import { freePort } from '../support/redis-server.ts';
import { startScript } from './processes.ts';
import { serveGallery } from './serve-gallery.ts';

export const KEYS = { editor: 'key-of-an-editor', reader: 'key-of-a-reader' } as const;

/** The gallery as its users have it: built and served, before a gateway in development over its sandbox. */
export interface Site extends AsyncDisposable {
  readonly url: string;
  readonly gatewayUrl: string;
  /** A browser of somebody else, open until it is tidied up. */
  openBrowser(options: BrowserContextOptions): Promise<BrowserContext>;
  /** Asks the gateway, as an editor. @throws when the answer has errors */
  query(document: string, variables?: object): Promise<unknown>;
  /** Makes things go wrong upstream until `heal`. */
  break(faults: FaultsInput): Promise<void>;
  /** Puts everything right, and waits until the gateway has noticed. */
  heal(): Promise<void>;
  /** Deletes assets upstream, behind the gateway's back. */
  deleteAssets(scenarioIds: readonly string[]): Promise<void>;
  /** Makes it as it was, and closes what was opened. */
  tidyUp(): Promise<void>;
}

/** Starts a gateway, and the gallery before it, which is built. */
export async function openSite(browser: Browser): Promise<Site> {
  const port = String(await freePort());
  const gatewayUrl = `http://127.0.0.1:${port}/graphql`;
  const gateway = startScript('dev', {
    PORT: port,
    ADMIN_PORT: '0',
    UPSTREAM: 'sandbox',
    AUTH_MODE: 'api-key',
    AUTH_API_KEYS: JSON.stringify([
      keyOf('editor', KEYS.editor, ['collections:read', 'collections:write']),
      keyOf('reader', KEYS.reader, ['collections:read']),
    ]),
    // What goes wrong is what a test breaks, never a machine that is busy with much else.
    UPSTREAM_TIMEOUT_MS: '20000',
    DEADLINE_MS: '40000',
    LOG_LEVEL: 'warn',
  });
  const [sandboxUrl] = await gateway.says(/http:\/\/127\.0\.0\.1:\d+\/v1/);
  const pages = await serveGallery(gatewayUrl);
  const query = queryAs(gatewayUrl, KEYS.editor);
  const faults = (init: RequestInit) => fetch(new URL('/sandbox/faults', gatewayUrl), init);
  const contexts: BrowserContext[] = [];
  const heal = async () => {
    await faults({ method: 'DELETE' });
    await untilWell(query);
  };
  return {
    url: pages.url,
    gatewayUrl,
    query,
    heal,
    openBrowser: async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      return context;
    },
    break: async (input) => void (await faults({ method: 'PUT', body: JSON.stringify(input) })),
    deleteAssets: async (assetIds) => {
      const headers = {
        authorization: `Basic ${btoa('sandbox:sandbox')}`,
        'content-type': 'application/json',
      };
      const body = JSON.stringify({ assetIds });
      const { ok } = await fetch(`${sandboxUrl}/assets`, { method: 'DELETE', headers, body });
      if (!ok) throw new Error('The sandbox did not delete the assets.');
    },
    tidyUp: async () => {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
      await heal();
    },
    [Symbol.asyncDispose]: async () => {
      pages.close();
      await gateway.stop('SIGTERM');
    },
  };
}

function keyOf(name: string, key: string, scopes: readonly string[]): object {
  return { name, sha256: hash('sha256', key), scopes };
}

function queryAs(url: string, key: string): Site['query'] {
  return async (document, variables) => {
    const { body, text } = await queryGateway(url, document, variables, {
      headers: { authorization: `Bearer ${key}` },
    });
    if (body.errors !== undefined) throw new Error(text);
    return body.data;
  };
}

async function untilWell(query: Site['query']): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      // A read of each kind that a fault may have stopped.
      await query(
        '{ collections(first: 1) { nodes { assets(first: 1) { nodes { id } } } } assets(first: 1) { nodes { id } } }',
      );
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('The gateway did not recover.');
}
