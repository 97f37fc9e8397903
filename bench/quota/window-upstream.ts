import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { CallWindow } from './call-window.ts';
import { COLLECTIONS, LATENCY_MS, OUTSIDE_EVERY_MS, OUTSIDE_ID, outsideName, PER_MINUTE } from './scene.ts';

// The API with a quota: no more than 100 calls are answered in any minute, the others are 429. One collection is renamed all
// the time by somebody who does not come through the gateway. Tells its parent where it listens, and what it has counted when asked.

const DATE = '2025-01-01T00:00:00.000Z';
const ASSETS = 60;
const names = new Map(Array.from({ length: COLLECTIONS }, (_, index) => [`col_${index}`, `Props ${index}`]));
const window = new CallWindow(PER_MINUTE);

const renameOutside = (): void => void names.set(OUTSIDE_ID, outsideName(Date.now()));
renameOutside();
setInterval(renameOutside, OUTSIDE_EVERY_MS).unref();

const server = createServer((request, response) => void answer(request, response)).listen(
  0,
  '127.0.0.1',
  () => {
    const address = server.address();
    if (typeof address === 'object' && address !== null) process.send?.({ port: address.port });
  },
);
process.on('message', () => process.send?.(window.counts));
process.on('disconnect', () => process.exit(0));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readAll(request);
  const waitMs = window.take(performance.now());
  await sleep(LATENCY_MS);
  if (waitMs > 0) {
    response.setHeader('retry-after', String(Math.ceil(waitMs / 1_000)));
    return send(response, 429, { reason: 'Too many requests' });
  }
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://upstream');
  const id = pathname.split('/')[2];
  if (pathname === '/assets') return send(response, 200, page('assets', ASSETS, toAsset, searchParams));
  if (id === undefined)
    return send(response, 200, page('collections', COLLECTIONS, toCollection, searchParams));
  if (request.method === 'PUT') names.set(id, String(JSON.parse(body).name));
  send(response, 200, { collection: toCollection(Number(id.split('_')[1])) });
}

function page(
  field: string,
  count: number,
  toItem: (index: number) => object,
  query: URLSearchParams,
): object {
  const size = Number(query.get('pageSize'));
  const start = Number(query.get('paginationToken') ?? 0);
  const end = Math.min(start + size, count);
  const items = Array.from({ length: Math.max(0, end - start) }, (_, offset) => toItem(start + offset));
  return end < count ? { [field]: items, nextPaginationToken: String(end) } : { [field]: items };
}

function toCollection(index: number): object {
  const id = `col_${index}`;
  return {
    id,
    name: names.get(id),
    ownerId: 'owner',
    assetCount: ASSETS,
    modelCount: 0,
    itemCount: ASSETS,
    createdAt: DATE,
    // The newer record is the one that counts.
    updatedAt: new Date().toISOString(),
  };
}

function toAsset(index: number): object {
  return {
    id: `asset_${index}`,
    kind: 'image',
    status: 'success',
    privacy: 'private',
    source: 'txt2img',
    collectionIds: [],
    createdAt: DATE,
    updatedAt: DATE,
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
