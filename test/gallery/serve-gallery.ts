import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { runInGallery } from './processes.ts';

const FOLDER = new URL('../../examples/gallery/dist', import.meta.url).pathname;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
// Stands in the build for the gateway's address, so that one build serves before several gateways.
const GATEWAY_URL = 'http://gateway.invalid/graphql';

export async function buildGallery(): Promise<void> {
  await runInGallery('vite', ['build', '--logLevel', 'warn'], { VITE_GATEWAY_URL: GATEWAY_URL });
}

/** Serves what the gallery's build wrote, as any host of static files would, before this gateway. */
export async function serveGallery(gatewayUrl: string): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((req, res) => {
    const { pathname } = new URL(req.url ?? '/', 'http://gallery');
    const path = join(FOLDER, pathname === '/' ? 'index.html' : pathname);
    readFile(path, 'utf8').then(
      (content) =>
        res
          .setHeader('content-type', TYPES[extname(path)] ?? '')
          .end(content.replaceAll(GATEWAY_URL, gatewayUrl)),
      () => res.writeHead(404).end(),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No TCP port was given.');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close().closeAllConnections() };
}
