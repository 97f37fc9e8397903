import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { parseAccept } from './accept.ts';
import { sendHead } from './answer.ts';
import type { HttpExchange } from './http-exchange.ts';

const PAGE_NAME = 'index.html';
const PAGE_PATH = '/graphql';
const OTHER_PAGE_PATH = '/graphql/';
const ASSET_PREFIX = '/graphiql/';

/** @param pictures where pictures come from that are not signed addresses of a content delivery network; `null` for nowhere */
function securityHeaders(pictures: string | null) {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    // The editor positions its lines with style attributes and adds style elements of its own.
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self'",
    // The pictures of an answer are shown in it.
    ["img-src 'self' data: https:", ...(pictures === null ? [] : [pictures])].join(' '),
    'font-src data:',
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return { 'content-security-policy': policy.join('; '), 'referrer-policy': 'no-referrer' };
}

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

/** In order of preference; the suffix is that of the pre-compressed file. */
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

const JSON_TYPES = ['application/graphql-response+json', 'application/json'];

interface StoredFile {
  readonly path: string;
  readonly size: number;
}

type Files = ReadonlyMap<string, StoredFile>;

/**
 * Serves the GraphiQL files that the build wrote: the page at `/graphql` for whoever asks for HTML, and its assets
 * below `/graphiql/`. The handler returns true when it answered, and false when the request is for somebody else.
 * Assets are streamed from disk, never held in memory; only names that were there at creation are served.
 *
 * @param pictures where pictures may come from beside https
 * @throws when `folder` does not hold the files
 */
export function createGraphiql(
  folder: string,
  pictures: () => string | null = () => null,
): (exchange: HttpExchange) => boolean {
  const { page, files } = readFolder(folder);
  return (exchange) => {
    const { req } = exchange;
    if (req.method !== 'GET' && req.method !== 'HEAD') return false;
    const { path, search } = exchange.target;
    if (path === PAGE_PATH && prefersHtml(req.headers.accept)) {
      sendPage(exchange, page, securityHeaders(pictures()));
      return true;
    }
    // The page names its files relative to itself.
    if (path === OTHER_PAGE_PATH && prefersHtml(req.headers.accept)) {
      sendHead(exchange, 302, { location: `../graphql${search}` }).end();
      return true;
    }
    const name = path.startsWith(ASSET_PREFIX) ? path.slice(ASSET_PREFIX.length) : '';
    const contentType = CONTENT_TYPES.get(extname(name));
    const file = files.get(name);
    if (contentType === undefined || file === undefined) return false;
    sendAsset(exchange, { contentType, ...chooseEncoding(req, files, name, file) });
    return true;
  };
}

function readFolder(folder: string): { readonly page: Buffer; readonly files: Files } {
  try {
    const page = readFileSync(join(folder, PAGE_NAME));
    const files = readdirSync(folder).map((name): [string, StoredFile] => {
      const path = join(folder, name);
      return [name, { path, size: statSync(path).size }];
    });
    return { page, files: new Map(files) };
  } catch (cause) {
    throw new Error(`GraphiQL's files can't be read from ${folder}: run \`npm run build\` first.`, { cause });
  }
}

function prefersHtml(accept: string | undefined): boolean {
  const weights = parseAccept(accept);
  const html = weights.get('text/html') ?? 0;
  return html > 0 && JSON_TYPES.every((type) => html >= (weights.get(type) ?? 0));
}

function sendPage(exchange: HttpExchange, page: Buffer, headers: Readonly<Record<string, string>>): void {
  exchange.res.appendHeader('vary', 'accept');
  const res = sendHead(exchange, 200, {
    ...headers,
    'content-length': page.length,
    'content-type': 'text/html; charset=utf-8',
  });
  res.end(exchange.req.method === 'HEAD' ? undefined : page);
}

interface Representation {
  readonly contentType: string;
  readonly encoding: string | undefined;
  readonly file: StoredFile;
}

function chooseEncoding(
  req: IncomingMessage,
  files: Files,
  name: string,
  plain: StoredFile,
): Omit<Representation, 'contentType'> {
  const weights = parseAccept(req.headers['accept-encoding']);
  for (const encoding of ENCODINGS) {
    const file = files.get(name + encoding.suffix);
    if (file !== undefined && (weights.get(encoding.name) ?? 0) > 0) return { encoding: encoding.name, file };
  }
  return { encoding: undefined, file: plain };
}

function sendAsset(exchange: HttpExchange, { contentType, encoding, file }: Representation): void {
  exchange.res.appendHeader('vary', 'accept-encoding');
  const res = sendHead(exchange, 200, {
    ...securityHeaders(null),
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
    'cache-control': 'public, max-age=31536000, immutable',
    'content-length': file.size,
    'content-type': contentType,
  });
  if (exchange.req.method === 'HEAD') {
    res.end();
    return;
  }
  // A client that goes away ends both streams, and so does a file that can't be read: nobody is left to be told.
  pipeline(createReadStream(file.path), res, () => undefined);
}
