import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';

const ROOT = new URL('../../', import.meta.url);
const BUILT_FOLDER = new URL('dist/graphiql/', ROOT);
const TITLES = readdirSync(new URL('scripts/graphiql-tabs/', ROOT))
  .filter((name) => name.endsWith('.graphql'))
  .sort()
  .map((name) => readFileSync(new URL(`scripts/graphiql-tabs/${name}`, ROOT), 'utf8'))
  .map((text) => /^(?:query|mutation) (\w+)/m.exec(text)?.[1] ?? 'unnamed');
const BOOT_TIMEOUT_MS = 20_000;

let origin: string;
let gateway: ChildProcess;
let browser: Browser;
let page: Page;
let foreignRequests: string[];
let complaints: string[];

beforeAll(async () => {
  [browser] = await Promise.all([launchBrowser(), startGateway()]);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  if (gateway?.exitCode === null && gateway.kill('SIGTERM')) await once(gateway, 'exit');
});

beforeEach(async () => {
  foreignRequests = [];
  complaints = [];
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  // Below the test's own limit, so that a failure names what it waited for.
  page.setDefaultTimeout(10_000);
  context.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) foreignRequests.push(request.url());
  });
  // Violations of the content security policy are reported here too.
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  context.on('weberror', (webError) => complaints.push(webError.error().message));
  await page.goto(`${origin}/graphql`);
  await page
    .locator('.graphiql-query-editor')
    .getByText(TITLES[0] ?? '')
    .waitFor();
});

afterEach(async () => {
  await page.context().close();
});

/** Starts the gateway as a process of its own, over its embedded sandbox. */
async function startGateway(): Promise<void> {
  const port = await findFreePort();
  origin = `http://127.0.0.1:${port}`;
  const settings = { NODE_ENV: 'development', UPSTREAM: 'sandbox', GRAPHIQL: 'true', AUTH_MODE: 'none' };
  const env = { ...process.env, ...settings, HOST: '127.0.0.1', PORT: String(port), ADMIN_PORT: '0' };
  gateway = spawn(process.execPath, ['src/main.ts'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const giveUpAt = Date.now() + BOOT_TIMEOUT_MS;
  while (!(await isReady())) {
    if (gateway.exitCode !== null) throw new Error(`The gateway ended with code ${gateway.exitCode}.`);
    if (Date.now() > giveUpAt) throw new Error(`The gateway was not ready within ${BOOT_TIMEOUT_MS} ms.`);
    await delay(50);
  }
}

async function isReady(): Promise<boolean> {
  try {
    return (await fetch(`${origin}/readyz`)).ok;
  } catch {
    return false;
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No TCP port was given.');
  return address.port;
}

async function editorShows(title: string): Promise<void> {
  const operation = new RegExp(`(query|mutation)\\s${title}\\b`);
  await page.locator('.graphiql-query-editor .view-lines').filter({ hasText: operation }).waitFor();
}

async function openTab(title: string): Promise<void> {
  // An exact name would miss the tab under the pointer, whose name also tells of its close button.
  await page.getByRole('tab', { name: new RegExp(`^${title}\\b`) }).click();
  await editorShows(title);
  // Half a second after a change GraphiQL has read the operation and stored its tabs; before, it runs the former one.
  await expect.poll(readStoredTabs).toContain(`"activeTabIndex":${TITLES.indexOf(title)}}`);
}

/** Presses the play button; resolves to the gateway's answer. */
async function execute(): Promise<string> {
  const answered = page.waitForResponse((response) => {
    const body = response.request().postData();
    return body !== null && !body.includes('__schema');
  });
  await page.getByRole('button', { name: /execute query/i }).click();
  return (await answered).text();
}

async function readStoredTabs(): Promise<string | undefined> {
  const { origins } = await page.context().storageState();
  return origins[0]?.localStorage.find(({ name }) => name === 'graphiql:tabState')?.value;
}

/** Resident memory of the gateway, in bytes. */
function residentBytes(): number {
  const status = readFileSync(`/proc/${gateway.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

it('shows a tab for each sample operation', async () => {
  expect(await page.getByRole('tab').allInnerTexts()).toEqual(TITLES);
});

it('lists collections with one click, and asks nobody but the gateway', async () => {
  await execute();
  const result = page.locator('.result-window .view-lines');
  await result.filter({ hasText: '"nodes"' }).filter({ hasText: '"name"' }).waitFor();
  expect(foreignRequests).toEqual([]);
  expect(complaints).toEqual([]);
});

it('has sample variables that work in the sandbox', async () => {
  const refused: string[] = [];
  for (const title of TITLES) {
    await openTab(title);
    const answer = await execute();
    if (/"errors"|"data":\{"\w+":null|"__typename":"\w+Error"/.test(answer))
      refused.push(`${title}: ${answer}`);
  }
  expect(refused).toEqual([]);
  expect(complaints).toEqual([]);
});

it('knows the schema: the editor marks a field that does not exist', async () => {
  await page.locator('.graphiql-query-editor .monaco-editor').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('{ nonsense');
  await page.locator('.graphiql-query-editor .squiggly-error').waitFor();
  expect(complaints).toEqual([]);
});

it('comes back after a reload with the same tabs, and keeps operations out of the address', async () => {
  await openTab('NextPage');
  await page.reload();
  await editorShows('NextPage');
  expect(await page.getByRole('tab').allInnerTexts()).toEqual(TITLES);
  expect(page.url()).toBe(`${origin}/graphql`);
});

it('opens a link with its variables, and sends them', async () => {
  const query = 'query Linked($first: Int!) { collections(first: $first) { nodes { name } } }';
  await page.goto(`${origin}/graphql?${new URLSearchParams({ query, variables: '{"first": 2}' })}`);
  await editorShows('Linked');
  await page.locator('.graphiql-editor-tool .view-lines').filter({ hasText: '"first"' }).first().waitFor();
  const sent = page.waitForRequest((request) => request.postData()?.includes('Linked') ?? false);
  await page.getByRole('button', { name: /execute query/i }).click();
  expect(JSON.parse((await sent).postData() ?? '')).toMatchObject({ variables: { first: 2 } });
  expect(complaints).toEqual([]);
});

it('may show the pictures that an answer names', async () => {
  const width = await page.evaluate(async () => {
    const query = '{ collections(first: 50) { nodes { thumbnail { url } } } }';
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) });
    const picture = new Image();
    const nodes: Array<{ thumbnail: { url: string } | null }> = (await answer.json()).data.collections.nodes;
    picture.src = nodes.find(({ thumbnail }) => thumbnail !== null)?.thumbnail?.url ?? '';
    await picture.decode();
    return picture.naturalWidth;
  });
  expect(width).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
});

it.runIf(process.platform === 'linux')('is streamed, not held in the memory of the gateway', async () => {
  const before = residentBytes();
  for (const name of readdirSync(BUILT_FOLDER).filter((file) => /\.(js|css)$/.test(file))) {
    for (const encoding of ['identity', 'gzip', 'br']) {
      const headers = { 'accept-encoding': encoding };
      const response = await fetch(`${origin}/graphiql/${name}`, { headers });
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toContain('immutable');
      await response.arrayBuffer();
    }
  }
  expect(residentBytes() - before).toBeLessThan(30 * 1024 * 1024);
});
