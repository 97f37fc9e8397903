import { expect } from 'vitest';
import type { FaultsInput } from '../../src/sandbox/faults.ts';
import { makeCollection, readCollection } from './samples.ts';
import { it } from './sites.ts';
import { expectCount, visit } from './visitor.ts';

// A write that was sent and got no answer may have been done all the same.
const UNKNOWN = 'It is not known whether that was done.';

/** Writes take a moment, so that one sees what shows before the answer, and then are refused or not. */
function slow(method: 'POST' | 'PUT' | 'DELETE', status?: number): FaultsInput {
  const rules =
    status === undefined ? [] : [{ match: { method }, action: { kind: 'status' as const, status } }];
  return { latencyMs: 700, rules };
}

export function itShowsChangesAtOnce(): void {
  it('creates: the card is there before the answer, and after a reload', async ({ site }) => {
    const { page, cards, button, nameField, isTold } = await visit(site);
    await expectCount(cards, 24);
    await site.break(slow('POST'));
    await button('New collection').click();
    await nameField.fill('Made by hand');
    await page.keyboard.press('Enter');
    await cards.filter({ hasText: 'Made by hand' }).waitFor();
    expect(await page.getByText('“Made by hand” created').count()).toBe(0);
    await isTold('“Made by hand” created');
    await page.reload();
    await cards.filter({ hasText: 'Made by hand' }).waitFor();
  });

  it('takes a card back that could not be created, says why, and keeps the name for another try', async ({
    site,
  }) => {
    const { page, cards, button, nameField, answerTo, isTold } = await visit(site);
    const problem = page.getByRole('dialog').getByRole('alert');
    await expectCount(cards, 24);
    await site.break(slow('POST', 400));
    await button('New collection').click();
    await nameField.fill('Made in vain');
    await button('Create').click();
    await cards.filter({ hasText: 'Made in vain' }).waitFor();
    await cards.filter({ hasText: 'Made in vain' }).waitFor({ state: 'detached' });
    await problem.waitFor();
    expect(await nameField.inputValue()).toBe('Made in vain');
    await site.heal();
    await nameField.fill(' ');
    const [answer] = await Promise.all([answerTo('Create'), button('Create').click()]);
    expect(answer).toEqual({
      data: { result: expect.objectContaining({ __typename: 'InvalidInputError', code: 'BAD_USER_INPUT' }) },
    });
    await problem.getByText('The name must not be blank.').waitFor();
    expect(await nameField.inputValue()).toBe(' ');
    await nameField.fill('Made at last');
    await button('Create').click();
    await isTold('“Made at last” created');
    await expectCount(page.getByRole('dialog'), 0);
  });

  it('renames at once, and back when that fails', async ({ site }) => {
    const { id, path } = await makeCollection(site, 'Before');
    const { page, button, nameField, isTold } = await visit(site, { path });
    const title = (name: string) => page.getByRole('heading', { level: 1, name });
    const rename = async (name: string) => {
      await nameField.fill(name);
      await page.keyboard.press('Enter');
      await title(name).waitFor();
    };
    await title('Before').waitFor();
    await site.break(slow('PUT', 503));
    await button('Rename').click();
    await rename('Never');
    await title('Before').waitFor();
    await page.getByRole('dialog').getByText(UNKNOWN).waitFor();
    expect(await nameField.inputValue()).toBe('Never');
    await site.heal();
    await rename('After');
    await isTold('Collection renamed');
    expect(await readCollection(site, id)).toMatchObject({ name: 'After' });
  });

  it('sets a cover and takes it away again', async ({ site }) => {
    const { page, tiles, button, isTold } = await visit(site, {
      path: (await makeCollection(site, 'Covered', 3)).path,
    });
    await tiles.first().hover();
    await site.break(slow('PUT', 503));
    await tiles.first().getByRole('button', { name: 'Use as cover' }).click();
    await button('Remove cover').waitFor();
    await button('Remove cover').waitFor({ state: 'detached' });
    await isTold(UNKNOWN);
    await site.heal();
    await tiles.first().getByRole('button', { name: 'Use as cover' }).click();
    await isTold('Cover changed');
    await page.getByRole('link', { name: 'All collections' }).click();
    await page.locator('.card', { hasText: 'Covered' }).locator('img').waitFor();
    await page.goBack();
    await button('Remove cover').click();
    await isTold('Cover removed');
  });

  it('removes an asset at once, and puts it back when that fails', async ({ site }) => {
    const { id, path } = await makeCollection(site, 'Thinned', 3);
    const { page, tiles, isTold } = await visit(site, { path });
    await expectCount(tiles, 3);
    const remove = async () => {
      await tiles.first().hover();
      await tiles.first().getByRole('button', { name: 'Remove' }).click();
      await expectCount(tiles, 2);
      await page.getByText('2 assets · 0 models').waitFor();
    };
    await site.break(slow('DELETE', 503));
    await remove();
    await expectCount(tiles, 3);
    await isTold(UNKNOWN);
    await site.heal();
    await remove();
    await isTold('Asset removed');
    expect(await readCollection(site, id)).toMatchObject({ assetCount: 2 });
  });

  it('tells three things at most, the newest first, and what failed until one goes on', async ({ site }) => {
    const { path } = await makeCollection(site, 'Talkative', 6);
    const { page, tiles } = await visit(site, { path });
    const messages = page.locator('#messages p');
    const remove = async (left: number) => {
      await tiles.first().hover();
      await tiles.first().getByRole('button', { name: 'Remove' }).click();
      await expectCount(tiles, left);
    };
    await expectCount(tiles, 6);
    for (const left of [5, 4, 3, 2]) await remove(left);
    await site.break(slow('DELETE', 503));
    await remove(1);
    await expectCount(tiles, 2);
    await messages.first().getByText(UNKNOWN).waitFor();
    expect(await messages.count()).toBeLessThanOrEqual(3);
    await page.getByRole('link', { name: 'All collections' }).click();
    await expectCount(messages.getByText(UNKNOWN), 0);
  });

  it('deletes at once, and brings it back when that fails', async ({ site }) => {
    const { id, path } = await makeCollection(site, 'Doomed');
    const { page, cards, button, isTold } = await visit(site);
    const card = cards.filter({ hasText: 'Doomed' });
    await card.getByRole('link').click();
    const remove = async () => {
      await button('Delete').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByText(/^\d+ collections$/).waitFor();
      await expectCount(card, 0);
    };
    await site.break(slow('DELETE', 503));
    await remove();
    await expectCount(card, 1);
    await isTold(UNKNOWN);
    await site.heal();
    await card.getByRole('link').click();
    await remove();
    await isTold('“Doomed” deleted');
    expect(await readCollection(site, id)).toBeNull();
    await page.goto(`${site.url}${path}`);
    await page.getByText('This collection does not exist').waitFor();
  });

  it('says in one tab what was deleted in another', async ({ site }) => {
    const { path } = await makeCollection(site, 'Seen twice');
    const first = await visit(site, { path });
    const second = await visit(site, { path, beside: first });
    await second.button('Rename').waitFor();
    await first.button('Delete').click();
    await first.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await first.isTold('“Seen twice” deleted');
    await second.button('Rename').click();
    await second.nameField.fill('Too late');
    await second.button('Rename').last().click();
    await second.isTold('This does not exist any more.');
    await second.page.getByText('This collection does not exist').waitFor();
  });
}
