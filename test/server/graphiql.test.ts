import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeGraphiqlAssets } from '../../scripts/graphiql-assets.ts';
import { createGraphiql } from '../../src/server/edge/graphiql.ts';
import { openExchange } from '../../src/server/edge/http-exchange.ts';
import { WaitingAnswers } from '../../src/server/edge/waiting-answers.ts';

const BROWSER_ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const HASHED_NAME = /^[a-z-]+-[0-9a-f]{16}\.(js|css|svg)$/;

const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const connections = { areEnding: false, waiting: new WaitingAnswers(0, logger) };
let folder: string;
let server: Server;
let assets: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graphiql-'));
  await writeGraphiqlAssets(folder);
  assets = (await readdir(folder)).filter((name) => HASHED_NAME.test(name));
  const graphiql = createGraphiql(folder);
  server = createServer((req, res) => {
    if (!graphiql(openExchange(req, res, connections))) res.writeHead(418).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Sends the path as it stands: `fetch` would normalise it. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
  const call = request({ host: '127.0.0.1', port: address.port, path, headers, method }).end();
  const [response]: IncomingMessage[] = await once(call, 'response');
  if (response === undefined) throw new Error('No response came.');
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
}

function assetNamed(prefix: string): string {
  const name = assets.find((asset) => asset.startsWith(prefix));
  if (name === undefined) throw new Error(`No asset is named ${prefix}…`);
  return name;
}

describe('the page', () => {
  it('is for whoever asks for HTML', async () => {
    const { status, headers, body } = await ask('/graphql', { accept: BROWSER_ACCEPT });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body.toString()).toContain('<title>Scenario Collections</title>');
  });

  it('is served whatever the query string says', async () => {
    expect((await ask('/graphql?query={__typename}', { accept: 'text/html' })).status).toBe(200);
  });

  it.each([
    ['no Accept', '/graphql', undefined, 'GET'],
    ['a client that takes anything', '/graphql', '*/*', 'GET'],
    ['a GraphQL client', '/graphql', 'application/graphql-response+json, application/json;q=0.9', 'GET'],
    ['one that would rather have JSON', '/graphql', 'text/html;q=0.5, application/json', 'GET'],
    ['one that refuses HTML', '/graphql', 'text/html;q=0', 'GET'],
    ['a POST', '/graphql', 'text/html', 'POST'],
    ['another path', '/graphql/x', 'text/html', 'GET'],
  ])('leaves %s to others', async (_who, path, accept, method) => {
    const { status } = await ask(path, accept === undefined ? {} : { accept }, method);
    expect(status).toBe(418);
  });

  it('is never stored, never framed, and runs no script but its own files', async () => {
    const { headers, body } = await ask('/graphql', { accept: BROWSER_ACCEPT });
    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      vary: 'accept',
    });
    expect(body.toString()).not.toMatch(/<script(?![^>]* src=)|https?:/);
  });

  it('is found with a slash at its end, too, where its files are not', async () => {
    const { status, headers } = await ask('/graphql/?query=x', { accept: BROWSER_ACCEPT });
    const found = new URL(headers.location ?? '', 'http://gateway/prefix/graphql/');
    expect([status, found.pathname + found.search]).toEqual([302, '/prefix/graphql?query=x']);
  });

  it('answers HEAD without a body', async () => {
    const { status, headers, body } = await ask('/graphql', { accept: BROWSER_ACCEPT }, 'HEAD');
    expect([status, body.length]).toEqual([200, 0]);
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
  });
});

describe('an asset', () => {
  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
    ['identity', undefined, (bytes: Buffer) => bytes],
  ])('comes in the encoding that "%s" allows', async (accepted, encoding, decode) => {
    const name = assetNamed('graphql-worker-');
    const { headers, body } = await ask(`/graphiql/${name}`, { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['content-length']).toBe(String(body.length));
    expect(headers.vary).toBe('accept-encoding');
    expect(decode(body).equals(await readFile(join(folder, name)))).toBe(true);
  });

  it('may be kept for a year, since its name changes with its content', async () => {
    expect(assets).toHaveLength(7);
    for (const name of assets) {
      const { status, headers } = await ask(`/graphiql/${name}`, {}, 'HEAD');
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      });
      expect(headers['content-type']).toMatch(/^(text\/(javascript|css); charset=utf-8|image\/svg\+xml)$/);
    }
  });

  it.each([
    '/graphiql/',
    '/graphiql/nothing.js',
    '/graphiql/index.html',
    '/graphiql/../package.json',
    '/graphiql/..%2f..%2fpackage.json',
    '/graphiql/%2e%2e/package.json',
    '/graphiql//etc/passwd',
    '/graphiql/constructor.js',
  ])('is never %s', async (path) => {
    expect((await ask(path)).status).toBe(418);
  });

  it('is never a pre-compressed file by its own name', async () => {
    expect((await ask(`/graphiql/${assetNamed('boot-')}.gz`)).status).toBe(418);
  });

  it('is never written to', async () => {
    expect((await ask(`/graphiql/${assetNamed('boot-')}`, {}, 'POST')).status).toBe(418);
  });
});

it('fails at once without the built files, and says what to run', () => {
  expect(() => createGraphiql(join(folder, 'absent'))).toThrow('npm run build');
});

it('builds the same names from the same content', async () => {
  const again = join(folder, 'again');
  await writeGraphiqlAssets(again);
  const names = await readdir(again);
  expect(names.filter((name) => HASHED_NAME.test(name))).toEqual(assets);
  await rm(again, { recursive: true });
});
