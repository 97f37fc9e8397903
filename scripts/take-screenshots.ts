import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../test/browser/browser.ts';
import { startScript } from '../test/gallery/processes.ts';

const [PORT, GALLERY_PORT] = ['4050', '5180'];
const GALLERY = `http://localhost:${GALLERY_PORT}/`;
const DESKTOP = { width: 1280, height: 820 };
const PHONE = { width: 390, height: 820 };

// The pictures of the README, taken of what `npm run example` starts.
const example = startScript('example', { PORT, GALLERY_PORT, UPSTREAM: 'sandbox', AUTH_MODE: 'none' });
const browser = await launchBrowser();
try {
  const [, graphiql = ''] = await example.says(/GraphiQL +(http:\S+)\n\n +Ctrl-C/);
  await takeGallery(browser);
  await takeGraphiql(browser, graphiql);
} finally {
  await browser.close();
  await example.stop('SIGTERM');
}

/** The list on a desk and a collection on a telephone, side by side. */
async function takeGallery(on: Browser): Promise<void> {
  const desk = await on.newPage({ viewport: DESKTOP, colorScheme: 'light' });
  await desk.goto(GALLERY);
  await desk.locator('.card:nth-child(2)').hover();
  await desk.locator('.card:nth-child(2) .mosaic').waitFor();
  const phone = await on.newPage({ viewport: PHONE, colorScheme: 'dark', hasTouch: true });
  await phone.goto(GALLERY);
  await phone.locator('.card:nth-child(8) a').click();
  await phone.locator('.tile').first().waitFor();
  const pictures = [await shoot(desk), await shoot(phone)].map(
    (picture) =>
      `<img style="border-radius: 12px; border: 1px solid #8884" src="data:image/png;base64,${picture}">`,
  );
  const both = await on.newPage({
    viewport: { width: DESKTOP.width + PHONE.width + 28, height: DESKTOP.height + 4 },
  });
  await both.setContent(`<body style="margin: 0; display: flex; gap: 24px">${pictures.join('')}`);
  await both.screenshot({ path: 'docs/gallery.png', omitBackground: true });
}

async function takeGraphiql(on: Browser, url: string): Promise<void> {
  const page = await on.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.getByRole('button', { name: /execute query/i }).click();
  await page.locator('.result-window .view-lines').filter({ hasText: '"nodes"' }).waitFor();
  await page.screenshot({ path: 'docs/graphiql.png' });
}

/** @returns the page once all pictures in sight are there, as base64 */
async function shoot(page: Page): Promise<string> {
  await page.waitForLoadState('networkidle');
  return (await page.screenshot({ animations: 'disabled' })).toString('base64');
}
