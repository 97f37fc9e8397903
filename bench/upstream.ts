import { createServer, type ServerResponse } from 'node:http';
import { order, SMALL_PROJECT } from './load-job.ts';

// The upstream that both stand before, a process of its own: as light as node:http gets, every answer made beforehand.

const PAGE_VARIANTS = 64;
const TOKEN_DIGITS = 10;
const KNOWN_IDS = 8_192;
// One page size after the other, so that ids of lists and of single reads are told apart.
const FIRST_LIST_ID = 1_000_000;
const SMALL_PAGES = 20;

const singles = new Map(
  Array.from({ length: KNOWN_IDS }, (_, number) => [
    `/collections/${idOf(number)}`,
    answerOf({ collection: collection(number) }),
  ]),
);
const created = answerOf({ collection: collection(KNOWN_IDS) });
const missing = answerOf({ error: 'not found' });
const lists = new Map<number, readonly Buffer[]>();
const lastPages = new Map<number, Buffer>();
const assetLists = new Map<number, Buffer>();

let latencyMs = 0;

const server = createServer({ keepAliveTimeout: 65_000 }, (req, res) => {
  const url = req.url ?? '';
  if (req.method === 'POST') {
    req.resume().once('end', () => send(res, 200, created));
    return;
  }
  const single = singles.get(url);
  if (single) send(res, 200, single);
  else if (url.startsWith('/collections?')) send(res, 200, page(new URLSearchParams(url.slice(13))));
  else if (url.startsWith('/assets?')) send(res, 200, assetPage(new URLSearchParams(url.slice(8))));
  else send(res, 404, missing);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.send?.({ port: address.port });
});
process.on('message', (message) => {
  latencyMs = order.parse(message).latencyMs;
});
process.on('disconnect', () => process.exit(0));

function send(res: ServerResponse, status: number, body: Buffer): void {
  if (latencyMs === 0) write(res, status, body);
  else setTimeout(write, latencyMs, res, status, Buffer.from(body));
}

function write(res: ServerResponse, status: number, body: Buffer): void {
  res.sendDate = false;
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
  res.end(body);
}

// The token of each page counts one further, so that a walk gives as many cursors as anybody likes.
function page(query: URLSearchParams): Buffer {
  const number = Number(query.get('paginationToken')?.slice(4) ?? 0);
  const pageSize = Number(query.get('pageSize') ?? 10);
  if (query.get('projectId') === SMALL_PROJECT && number === SMALL_PAGES - 1) return lastPageOf(pageSize);
  const variants = pagesOf(pageSize);
  const body = variants[number % PAGE_VARIANTS] ?? missing;
  body.write(String(number + 1).padStart(TOKEN_DIGITS, '0'), body.length - TOKEN_DIGITS - 2, 'latin1');
  return body;
}

function pagesOf(pageSize: number): readonly Buffer[] {
  const known = lists.get(pageSize);
  if (known) return known;
  const made = Array.from({ length: PAGE_VARIANTS }, (_, variant) =>
    pageOf(variant, pageSize, `tok_${'0'.repeat(TOKEN_DIGITS)}`),
  );
  lists.set(pageSize, made);
  return made;
}

function lastPageOf(pageSize: number): Buffer {
  const made = lastPages.get(pageSize) ?? pageOf(SMALL_PAGES - 1, pageSize, null);
  lastPages.set(pageSize, made);
  return made;
}

function pageOf(variant: number, pageSize: number, nextPaginationToken: string | null): Buffer {
  const first = FIRST_LIST_ID + variant * pageSize;
  const collections = Array.from({ length: pageSize }, (_, index) => collection(first + index));
  return answerOf({ collections, nextPaginationToken });
}

function assetPage(query: URLSearchParams): Buffer {
  const pageSize = Number(query.get('pageSize') ?? 50);
  const assets = () => Array.from({ length: pageSize }, (_, index) => asset(index));
  const made = assetLists.get(pageSize) ?? answerOf({ assets: assets(), nextPaginationToken: 'tok_assets' });
  assetLists.set(pageSize, made);
  return made;
}

function idOf(number: number): string {
  return `collection_GTrL3mq4SX${String(number).padStart(7, '0')}`;
}

function collection(number: number) {
  const assetId = assetIdOf(number);
  return {
    id: idOf(number),
    assetCount: number * 3,
    createdAt: '2023-02-03T11:19:41.579Z',
    itemCount: number * 3 + (number % 7),
    modelCount: number % 7,
    name: `Collection number ${number}`,
    ownerId: 'dcf121faaa1a0a0bbbd9ca1b73d62aea',
    updatedAt: '2024-05-06T10:20:31.042Z',
    thumbnail: { assetId, url: urlOf(assetId) },
  };
}

function asset(number: number) {
  const id = assetIdOf(number);
  return {
    id,
    authorId: 'usr_1',
    ownerId: 'dcf121faaa1a0a0bbbd9ca1b73d62aea',
    collectionIds: [idOf(1)],
    kind: 'image',
    source: 'txt2img',
    status: 'success',
    privacy: 'private',
    mimeType: 'image/png',
    tags: ['hero'],
    nsfw: [],
    editCapabilities: [],
    url: urlOf(id),
    metadata: { kind: 'image', type: 'txt2img', name: `asset ${number}`, prompt: 'a stone tower on a hill' },
    properties: { size: 100_000 + number, width: 1_024, height: 1_024 },
    createdAt: '2023-02-03T11:19:41.579Z',
    updatedAt: '2024-05-06T10:20:31.042Z',
  };
}

function assetIdOf(number: number): string {
  return `asset_GTrL3mq4SXWyMxkO${String(number).padStart(7, '0')}`;
}

function urlOf(assetId: string): string {
  return `https://cdn.cloud.example.com/assets-transform/${assetId}?p=100&Expires=1735689599&Key-Pair-Id=K36FIAB9LE2OLR&Signature=abcdefghijklmnopqrstuvwxyz012345`;
}

function answerOf(body: object): Buffer {
  return Buffer.from(JSON.stringify(body), 'latin1');
}
