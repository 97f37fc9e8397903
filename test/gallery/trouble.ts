import { expect } from 'vitest';
import type { FaultsInput } from '../../src/sandbox/faults.ts';
import { makeCollection } from './samples.ts';
import { KEYS } from './site.ts';
import { it } from './sites.ts';
import { expectCount, scrollUntil, visit } from './visitor.ts';

const DOWN: FaultsInput = { rules: [{ action: { kind: 'status', status: 503 } }] };

export function itIsFrankAboutTrouble(): void {
  it('says that there is an outage in place of the first page, and tries again', async ({ site }) => {
    await site.break(DOWN);
    const { page, cards, button } = await visit(site);
    await page.getByRole('alert').getByText('Scenario is not answering').waitFor();
    await site.heal();
    await button('Try again').click();
    await expectCount(cards, 24);
  });

  it('keeps what it shows when the next page fails, and goes on from there', async ({ site }) => {
    const { page, cards, button, answerTo } = await visit(site);
    await expectCount(cards, 24);
    await site.break(DOWN);
    const [answer] = await Promise.all([answerTo('Collections'), page.mouse.wheel(0, 20_000)]);
    // What keeps also clients that take `null` for an empty list.
    expect(answer).toMatchObject({ data: { collections: { edges: [], pageInfo: { hasNextPage: true } } } });
    await page.getByText('More could not be loaded. Scenario is not answering').waitFor();
    await expectCount(cards, 24);
    await site.heal();
    await button('Try again').click();
    await scrollUntil(page, cards, 72);
  });

  it('does the same in a collection, whose name and models it has all the same', async ({ site }) => {
    const { path } = await makeCollection(site, 'Half there', 70);
    await site.break({
      rules: [{ match: { endpoint: 'assets.list' }, action: { kind: 'status', status: 503 } }],
    });
    const { page, tiles, button } = await visit(site, { path });
    await page.getByRole('heading', { level: 1, name: 'Half there' }).waitFor();
    await page.getByRole('alert').getByText('Scenario is not answering').waitFor();
    await site.heal();
    await button('Try again').click();
    await expectCount(tiles, 30);
    await site.break(DOWN);
    await page.mouse.wheel(0, 20_000);
    await page.getByText('More could not be loaded.').waitFor();
    await site.heal();
    await button('Try again').click();
    await scrollUntil(page, tiles, 70);
    await expectCount(tiles, 70);
  });

  it('shows nothing of a throttling that the gateway can wait out', async ({ site }) => {
    const retryAfter = { form: 'seconds' as const, seconds: 2 };
    await site.break({ rules: [{ times: 1, action: { kind: 'status', status: 429, retryAfter } }] });
    const { page, cards } = await visit(site);
    await expectCount(cards, 24);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('waits as long as it is told when it is throttled, and goes on by itself', async ({ site }) => {
    const { page, cards } = await visit(site);
    await expectCount(cards, 24);
    const extensions = { code: 'RATE_LIMITED', retryAfterMs: 2_000 };
    const headers = { 'access-control-allow-origin': '*' };
    let isThrottled = true;
    await page.route(site.gatewayUrl, (route) => {
      const isList = route.request().postData()?.includes('"Collections"') ?? false;
      if (!isThrottled || !isList) return route.fallback();
      isThrottled = false;
      return route.fulfill({ headers, json: { data: null, errors: [{ message: 'Wait.', extensions }] } });
    });
    await page.reload();
    await page.getByRole('alert').getByText('It goes on in a moment.').waitFor();
    await page.getByRole('button', { name: /in \d s by itself/ }).waitFor();
    await expectCount(cards, 24);
  });

  it('says that the gateway cannot be reached', async ({ site }) => {
    const { page, cards, button, context } = await visit(site);
    await expectCount(cards, 24);
    await context.setOffline(true);
    await page.mouse.wheel(0, 20_000);
    await page.getByText('The gateway cannot be reached.').waitFor();
    await context.setOffline(false);
    await button('Try again').click();
    await scrollUntil(page, cards, 72);
  });

  it('offers nothing that a reader may not do', async ({ site }) => {
    const { path } = await makeCollection(site, 'Only to look at', 2);
    const { page, tiles } = await visit(site, { path, key: KEYS.reader });
    await page.getByText('Read only').waitFor();
    await expectCount(tiles, 2);
    await page.getByRole('link', { name: 'All collections' }).click();
    await page.locator('.card').first().waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
  });

  it('asks for a key until it is one that the gateway knows', async ({ site }) => {
    const { page, cards, button } = await visit(site, { key: null });
    const key = page.getByLabel('Your key for this gateway');
    await key.fill('made up');
    await button('Sign in').click();
    await page.getByText('The gateway does not know this key.').waitFor();
    await key.fill(KEYS.editor);
    await button('Sign in').click();
    await expectCount(cards, 24);
  });
}
