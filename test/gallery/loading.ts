import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { countCollections, makeCollection } from './samples.ts';
import { it } from './sites.ts';
import { expectCount, until, visit } from './visitor.ts';

const FIRST_PICTURES = 4;

/** Waits for the first pictures. @returns when the last of them was there, in milliseconds from the start of the page */
async function firstPicturesMs(page: Page): Promise<number> {
  const pictures = page.locator('.grid .picture img');
  await pictures.nth(FIRST_PICTURES - 1).waitFor();
  const read = await page.waitForFunction((count) => {
    const images = [...document.querySelectorAll('img')].slice(0, count);
    if (!images.every(({ naturalWidth }) => naturalWidth > 0)) return null;
    const entries = images.flatMap(({ currentSrc }) => performance.getEntriesByName(currentSrc));
    return Math.max(...entries.map(({ startTime, duration }) => startTime + duration));
  }, FIRST_PICTURES);
  return Number(await read.jsonValue());
}

/** How much of what was shown has moved since, as the browser reckons it. */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          resolve(list.getEntries().reduce((sum, entry) => sum + Reflect.get(entry, 'value'), 0));
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        setTimeout(resolve, 200, 0);
      }),
  );
}

export function itLoadsWell(): void {
  it.for([
    ['the list', { path: '' }],
    ['the list on a phone', { path: '', width: 390 }],
    ['the list with Relay', { path: 'relay.html' }],
  ] as const)(
    'loads %s with nothing that moves and nothing in the console',
    async ([, options], { site }) => {
      const { page, cards, complaints } = await visit(site, options);
      await expectCount(cards, 24);
      await firstPicturesMs(page);
      expect(await layoutShift(page)).toBeLessThan(0.02);
      expect(complaints).toEqual([]);
    },
  );

  it.for([1280, 390])(
    'loads a collection with nothing that moves and nothing in the console, %i pixels wide',
    async (width, { site }) => {
      const { path } = await makeCollection(site, `Steady at ${width}`, 12);
      const { page, tiles, complaints } = await visit(site, { path, width });
      await expectCount(tiles, 12);
      await page.getByRole('button', { name: 'Add assets' }).waitFor();
      expect(await layoutShift(page)).toBeLessThan(0.02);
      expect(complaints).toEqual([]);
    },
  );

  it('says how many there are', async ({ site }) => {
    const { page, cards } = await visit(site);
    await expectCount(cards, 24);
    const count = await countCollections(site);
    await page.getByText(`${count} collections`, { exact: true }).waitFor();
  });

  it('has its first pictures within a second and a half, as soon as the machine is free for it', async ({
    site,
  }) => {
    await until(async () => {
      const { page } = await visit(site);
      expect(await firstPicturesMs(page)).toBeLessThan(1_500);
    });
  });
}
