import type { BrowserContext, Locator, Page, Request } from 'playwright-core';
import { expect, vi } from 'vitest';
import { KEYS, type Site } from './site.ts';

// Long enough for a machine that is busy with much else.
const TIMEOUT_MS = 60_000;

interface VisitOptions {
  /** The key of who looks; `null` has not signed in. */
  readonly key?: string | null;
  /** Below the gallery's address. */
  readonly path?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  /** Another tab of this browser. */
  readonly beside?: Visitor;
}

/** Somebody who looks at the gallery. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the console has complained about. */
  readonly complaints: readonly string[];
  /** The operations that the page has sent, by name. */
  readonly operations: readonly string[];
  readonly cards: Locator;
  readonly tiles: Locator;
  button(name: string | RegExp): Locator;
  /** The field for the name in a dialog. */
  readonly nameField: Locator;
  /** The next answer to this operation, as it is on the wire. */
  answerTo(operation: string): Promise<unknown>;
  /** Waits for a message that holds this text. */
  isTold(text: string): Promise<void>;
}

/** Opens the gallery, for as long as the test has the site. */
export async function visit(site: Site, options: VisitOptions = {}): Promise<Visitor> {
  const { key = KEYS.editor, path = '', colorScheme = 'light', width = 1280, beside } = options;
  // What moves is at its end at once, whatever else the machine does.
  const reducedMotion = 'reduce';
  const viewport = { width, height: 900 };
  const context = beside?.context ?? (await site.openBrowser({ viewport, colorScheme, reducedMotion }));
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  const complaints: string[] = [];
  const operations: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const name = operationOf(request);
    if (name !== undefined) operations.push(name);
  });
  if (key !== null) await page.addInitScript((value) => sessionStorage.setItem('gateway-key', value), key);
  await page.goto(`${site.url}${path}`);
  const messages = page.getByRole('status', { name: 'Messages' });
  return {
    page,
    context,
    complaints,
    operations,
    cards: page.locator('.card'),
    tiles: page.locator('section[aria-label="Assets"] .tile'),
    nameField: page.getByRole('textbox', { name: 'Name', exact: true }),
    button: (name) => page.getByRole('button', { name }),
    answerTo: async (operation) => {
      const answer = await page.waitForResponse((one) => operationOf(one.request()) === operation);
      return answer.json();
    },
    isTold: (text) => messages.getByText(text).first().waitFor(),
  };
}

function operationOf(request: Request): string | undefined {
  return /"operationName":"(\w+)"/.exec(request.postData() ?? '')?.[1];
}

/** Waits until a claim holds. Unlike `expect.poll` it has not to know which of the tests that run at once it is of. */
export function until(claim: () => Promise<void>): Promise<void> {
  return vi.waitFor(claim, { timeout: TIMEOUT_MS, interval: 100 });
}

/** Waits until there are so many. */
export function expectCount(locator: Locator, count: number): Promise<void> {
  return until(async () => expect(await locator.count()).toBe(count));
}

/** Scrolls on until there are at least so many. */
export function scrollUntil(page: Page, locator: Locator, count: number): Promise<void> {
  return until(async () => {
    const reached = await locator.count();
    if (reached < count) await page.mouse.wheel(0, 20_000);
    expect(reached).toBeGreaterThanOrEqual(count);
  });
}
