import { expect } from 'vitest';
import { countCollections, makeCollection } from './samples.ts';
import { it } from './sites.ts';
import { expectCount, scrollUntil, until, visit } from './visitor.ts';

export function itLetsOneBrowse(): void {
  it('goes on to the end of the list as one scrolls', async ({ site }) => {
    const { page, cards } = await visit(site);
    await expectCount(cards, 24);
    const count = await countCollections(site);
    expect(count).toBeGreaterThan(100);
    await scrollUntil(page, cards, count);
    await expectCount(cards, count);
    const names = await cards
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(new Set(names).size).toBe(count);
  });

  it('finds as one types, says how many, and sorts', async ({ site }) => {
    const { page, cards } = await visit(site);
    await page.getByRole('searchbox').fill('tileset city');
    await page.getByText('1 collection with “tileset city”').waitFor();
    await expectCount(cards, 1);
    await page.getByRole('searchbox').fill('tileset');
    await page.getByText('collections with “tileset”').waitFor();
    await page.getByLabel('Order').selectOption('By name');
    await until(async () => {
      const names = await cards.getByRole('heading').allInnerTexts();
      expect(names.length).toBeGreaterThan(1);
      expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other, 'en')));
    });
    await page.getByRole('searchbox').fill('no such name');
    await page.getByText('No collection matches').waitFor();
  });

  it('shows four of its assets when one points at a collection, and reads them once', async ({ site }) => {
    const { page, cards, operations } = await visit(site);
    const card = cards.filter({ hasText: 'Clockwork City Tileset' });
    await page.getByRole('searchbox').fill('Clockwork City Tileset');
    await page.getByText('1 collection with').waitFor();
    // Others, which lack a cover, were in sight.
    const before = operations.length;
    const asked = () => operations.slice(before).filter((name) => name === 'Assets').length;
    await card.hover();
    await expectCount(card.locator('.mosaic img'), 4);
    await page.mouse.move(0, 0);
    await card.getByRole('link').focus();
    await expectCount(card.locator('.mosaic img'), 4);
    expect(asked()).toBe(1);
  });

  it('shows its assets in place of a cover that it lacks, without being pointed at, however few', async ({
    site,
  }) => {
    const { name } = await makeCollection(site, 'Coverless', 3);
    const { page, cards, operations } = await visit(site, { width: 390 });
    await page.getByRole('searchbox').fill(name);
    await page.getByText(`1 collection with “${name}”`).waitFor();
    const mosaic = cards.locator('.mosaic');
    await expectCount(mosaic.locator('img'), 3);
    expect(await mosaic.evaluate((element) => getComputedStyle(element).opacity)).toBe('1');
    const whole = await mosaic.boundingBox();
    const last = await mosaic.locator('.picture').last().boundingBox();
    expect([last?.width, (last?.y ?? 0) + (last?.height ?? 0)]).toEqual([
      whole?.width,
      (whole?.y ?? 0) + (whole?.height ?? 0),
    ]);
    // Those that have a cover cost nothing more.
    expect(operations.filter((operation) => operation === 'Assets').length).toBeLessThan(24);
  });

  it('opens a collection by keyboard: all its assets, what they are, and its models', async ({ site }) => {
    const { page, cards, tiles } = await visit(site);
    await cards.filter({ hasText: 'Clockwork City Tileset' }).getByRole('link').focus();
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { level: 1, name: 'Clockwork City Tileset' });
    await heading.waitFor();
    expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.title()).toBe('Clockwork City Tileset');
    await scrollUntil(page, tiles, 96);
    await expectCount(tiles, 96);
    expect(await tiles.filter({ hasText: '3D model' }).count()).toBeGreaterThan(0);
    await expectCount(page.locator('section[aria-labelledby="models"] .tile'), 14);
    await page.goBack();
    await expectCount(cards, 24);
  });
}
