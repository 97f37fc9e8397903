import { expect } from 'vitest';
import { makeCollection, newestAssets, readCollection } from './samples.ts';
import { it } from './sites.ts';
import { expectCount, scrollUntil, until, type Visitor, visit } from './visitor.ts';

/** Opens the picker and picks one's newest assets, so many. */
async function pick({ page, button }: Visitor, count: number): Promise<void> {
  await button('Add assets').click();
  const boxes = page.locator('.library input');
  await boxes.first().waitFor();
  await page.getByRole('dialog').locator('.library').hover();
  await scrollUntil(page, boxes, count);
  await boxes.evaluateAll(
    (all, picked) => all.slice(0, picked).forEach((box) => box instanceof HTMLElement && box.click()),
    count,
  );
  await page.getByText(`${count} picked`).waitFor();
}

export function itAddsAssets(): void {
  it('finds by words and kinds what to add, and keeps what was picked before', async ({ site }) => {
    const visitor = await visit(site, { path: (await makeCollection(site, 'Picky')).path });
    const { page, button, tiles, isTold } = visitor;
    await pick(visitor, 2);
    await page.getByRole('searchbox').fill('dragon');
    await page.getByLabel('3D model').check();
    const found = page.locator('.library .tile');
    await until(async () => {
      const kinds = await found.locator('.kind').allInnerTexts();
      expect(kinds.length).toBe(await found.count());
      expect(new Set(kinds)).toEqual(new Set(['3D model']));
    });
    await found.first().click();
    await button('Add 3 assets').click();
    await isTold('3 assets added');
    await expectCount(tiles, 3);
  });

  it('picks all that is shown', async ({ site }) => {
    const visitor = await visit(site, { path: (await makeCollection(site, 'Greedy')).path });
    await pick(visitor, 2);
    await visitor.button('Select all shown').click();
    const boxes = visitor.page.locator('.library input');
    expect(await boxes.evaluateAll((all) => all.every((box) => box.matches(':checked')))).toBe(true);
    await visitor.button(`Add ${await boxes.count()} assets`).waitFor();
  });

  it('sends many in parts, and says how far it is', async ({ site }) => {
    const { id, path } = await makeCollection(site, 'Filled');
    const visitor = await visit(site, { path });
    await pick(visitor, 60);
    await site.break({ latencyMs: 500 });
    await visitor.button('Add 60 assets').click();
    await visitor.page.getByText('49 of 60 done').waitFor();
    await visitor.page.getByText('60 assets · 0 models').waitFor();
    await visitor.isTold('60 assets added');
    expect(visitor.operations.filter((name) => name === 'Add')).toHaveLength(2);
    expect(await readCollection(site, id)).toMatchObject({ assetCount: 60 });
  });

  it('tells which asset of each part could not be added, and why', async ({ site }) => {
    const { id, path } = await makeCollection(site, 'Patchy');
    const visitor = await visit(site, { path });
    await pick(visitor, 60);
    const assets = await newestAssets(site, 60);
    await site.deleteAssets([assets[3], assets[55]].filter((asset) => asset !== undefined));
    await visitor.button('Add 60 assets').click();
    await visitor.page.getByText('58 assets added.').waitFor();
    await visitor.page.getByText('2 assets could not be added:').waitFor();
    await expectCount(visitor.page.getByText('This does not exist any more.'), 2);
    await visitor.button('Close').click();
    await visitor.page.getByText('58 assets · 0 models').waitFor();
    expect(await readCollection(site, id)).toMatchObject({ assetCount: 58 });
  });

  it('says what had been added before, in another tab', async ({ site }) => {
    const { path } = await makeCollection(site, 'Added twice');
    const first = await visit(site, { path });
    const second = await visit(site, { path, beside: first });
    await pick(first, 2);
    await pick(second, 3);
    await first.button('Add 2 assets').click();
    await first.isTold('2 assets added');
    await second.button('Add 3 assets').click();
    await second.page.getByText('1 asset added.').waitFor();
    await second.page.getByText('2 assets had been in it already.').waitFor();
    await second.button('Close').click();
    await expectCount(second.tiles, 3);
  });

  it('stops at an outage, tells what is left, and goes on with that', async ({ site }) => {
    const { id, path } = await makeCollection(site, 'Interrupted');
    const visitor = await visit(site, { path });
    await pick(visitor, 60);
    const outage = {
      match: { method: 'PUT' as const },
      skip: 1,
      action: { kind: 'status' as const, status: 503 },
    };
    await site.break({ rules: [outage] });
    await visitor.button('Add 60 assets').click();
    await visitor.page.getByText('49 assets added.').waitFor();
    await visitor.page.getByText('11 assets still to add. No answer came for them').waitFor();
    await site.heal();
    await visitor.button('Try again: 11 assets').click();
    await visitor.isTold('11 assets added');
    expect(await readCollection(site, id)).toMatchObject({ assetCount: 60 });
  });
}
