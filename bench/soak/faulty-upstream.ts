import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** An API that answers by the documented shapes and often enough does not. */
export interface FaultyUpstream {
  readonly url: string;
  stop(): Promise<void>;
}

/** Collections that it knows; a number beyond them is not found. */
export const KNOWN_IDS = 2_000;

const PAGES = 200;
const MAX_LATENCY_MS = 15;
const MINUTE_MS = 60_000;
// Once a minute it is gone for so long, which opens the breaker, and once it asks for a pause.
const OUTAGE_MS = 2_000;
const PAUSE_FROM_MS = 30_000;
const PAUSE_UNTIL_MS = 30_200;

type Fault = (res: ServerResponse) => void;

// Each with the share of the calls that it befalls.
const FAULTS: readonly (readonly [share: number, fault: Fault])[] = [
  [0.004, (res) => res.socket?.resetAndDestroy()],
  [0.004, (res) => send(res, 500, { error: 'Internal' })],
  [0.004, (res) => send(res, 502, { error: 'Bad gateway' })],
  [0.002, () => {}],
  [0.002, (res) => res.writeHead(200, { 'content-type': 'application/json' }).end('{"collections":[')],
  [0.002, cutShort],
];

/** Starts the upstream on any free port of the loopback. */
export async function startFaultyUpstream(): Promise<FaultyUpstream> {
  const startedAt = performance.now();
  const server = createServer((req, res) => {
    req.resume();
    const latencyMs = Math.random() * MAX_LATENCY_MS;
    setTimeout(() => answer(req, res, (performance.now() - startedAt) % MINUTE_MS), latencyMs);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the upstream has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Id of a collection, as the API writes them. */
export function idOf(number: number): string {
  return `collection_GTrL3mq4SX${String(number).padStart(7, '0')}`;
}

function answer(req: IncomingMessage, res: ServerResponse, inMinuteMs: number): void {
  if (MINUTE_MS - inMinuteMs < OUTAGE_MS) return send(res, 503, { error: 'Unavailable' });
  if (inMinuteMs > PAUSE_FROM_MS && inMinuteMs < PAUSE_UNTIL_MS)
    return send(res, 429, { error: 'Too many requests' }, { 'retry-after': '1' });
  const fault = drawFault();
  if (fault) return fault(res);
  const url = new URL(req.url ?? '', 'http://upstream.invalid');
  const [, , id] = url.pathname.split('/');
  if (req.method === 'GET' && id === undefined) return send(res, 200, pageOf(url.searchParams));
  const number = id === undefined ? Math.floor(Math.random() * KNOWN_IDS) : Number(id.slice(-7));
  if (!(number < KNOWN_IDS)) return send(res, 404, { error: 'Not found' });
  send(res, 200, { collection: collection(number) });
}

function drawFault(): Fault | null {
  let left = Math.random();
  for (const [share, fault] of FAULTS) {
    if (left < share) return fault;
    left -= share;
  }
  return null;
}

function cutShort(res: ServerResponse): void {
  res.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  res.write('{"collections":[', () => res.destroy());
}

function pageOf(query: URLSearchParams): object {
  const page = Number(query.get('paginationToken')?.slice(4) ?? 0);
  const size = Number(query.get('pageSize') ?? 10);
  const collections = Array.from({ length: size }, (_, index) => collection(page * size + index));
  return { collections, nextPaginationToken: page < PAGES ? `tok_${page + 1}` : null };
}

function collection(number: number): object {
  const assetId = `asset_${number}`;
  return {
    id: idOf(number),
    name: `Collection number ${number}`,
    ownerId: 'dcf121faaa1a0a0bbbd9ca1b73d62aea',
    assetCount: number * 3,
    modelCount: number % 7,
    itemCount: number * 3 + (number % 7),
    createdAt: '2023-02-03T11:19:41.579Z',
    updatedAt: '2024-05-06T10:20:31.042Z',
    thumbnail: { assetId, url: `https://cdn.example.com/${assetId}?Signature=${number}` },
  };
}

function send(
  res: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
