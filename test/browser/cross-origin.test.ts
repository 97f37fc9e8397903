import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyCollection } from '../support/front-door.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { launchBrowser } from './browser.ts';

interface Seen {
  /** `null` where the browser kept the answer from the page. */
  readonly status: number | null;
  readonly requestId?: string | null;
  readonly body?: string;
}

let browser: Browser;
let pages: Server;
let upstream: ScriptedUpstream;
let gateway: TestGateway;
let page: Page;

beforeAll(async () => {
  pages = createServer((_req, res) =>
    res.setHeader('content-type', 'text/html').end('<title>A page</title>'),
  );
  await once(pages.listen(0, '127.0.0.1'), 'listening');
  const address = pages.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  upstream = await startScriptedUpstream(everyCollection);
  gateway = await startGateway(upstream.url, { CORS_ORIGINS: origin });
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.goto(origin);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
  await upstream?.close();
  pages?.close();
});

/** Sends a query from the page, with these headers. */
function fetchFromPage(path: string, headers: Record<string, string> = {}): Promise<Seen> {
  const url = new URL(path, gateway.url).href;
  const sent = { 'content-type': 'application/json', ...headers };
  return page.evaluate(
    async ([target, all]): Promise<Seen> => {
      try {
        const body = JSON.stringify({ query: '{ collection(id: "col_1") { name } }' });
        const answer = await fetch(target, { method: 'POST', headers: all, body });
        const requestId = answer.headers.get('x-request-id');
        return { status: answer.status, requestId, body: await answer.text() };
      } catch {
        return { status: null };
      }
    },
    [url, sent] as const,
  );
}

describe('in Chromium a page of an allowed origin', () => {
  it.each([
    [
      'of tracing',
      { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', baggage: 'a=b' },
    ],
    ['of Apollo', { 'apollographql-client-name': 'web', 'apollo-require-preflight': 'true' }],
    ['of its own', { 'x-whatever': 'é'.normalize('NFKD').slice(0, 1), authorization: 'Bearer x' }],
  ])('can send headers %s', async (_whose, headers) => {
    const seen = await fetchFromPage('/graphql', headers);
    expect(seen).toMatchObject({ status: 200, requestId: expect.any(String) });
    expect(seen.body).toContain('Forest props');
  });

  it('can read that there is nothing, and which request it was', async () => {
    const seen = await fetchFromPage('/grapql', { 'x-request-id': 'lost' });
    expect(seen).toMatchObject({ status: 404, requestId: 'lost' });
    expect(seen.body).toContain('NOT_FOUND');
  });

  it.each([60_000, 200_000])('can read that its headers are too large: %i bytes', async (length) => {
    const seen = await fetchFromPage('/graphql', { authorization: `Bearer ${'x'.repeat(length)}` });
    expect(seen).toMatchObject({ status: 431, requestId: expect.any(String) });
    expect(seen.body).toContain('LIMIT_EXCEEDED');
  });
});
