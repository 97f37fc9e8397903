import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const FOLDER = new URL('../../examples/gallery/dist', import.meta.url).pathname;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Serves what the gallery's build wrote, as any host of static files would. */
export async function serveGallery(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((req, res) => {
    const { pathname } = new URL(req.url ?? '/', 'http://gallery');
    const path = join(FOLDER, pathname === '/' ? 'index.html' : pathname);
    readFile(path).then(
      (content) => res.setHeader('content-type', TYPES[extname(path)] ?? '').end(content),
      () => res.writeHead(404).end(),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No TCP port was given.');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close().closeAllConnections() };
}
