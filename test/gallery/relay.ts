import type { FaultsInput } from '../../src/sandbox/faults.ts';
import { it } from './sites.ts';
import { expectCount, scrollUntil, visit } from './visitor.ts';

const DOWN: FaultsInput = { rules: [{ action: { kind: 'status', status: 503 } }] };

export function itWorksWithRelay(): void {
  it('lists page by page, also after an outage on the first and on the next page', async ({ site }) => {
    await site.break(DOWN);
    const { page, cards, button } = await visit(site, { path: 'relay.html' });
    await page.getByRole('alert').getByText('Scenario is not answering').waitFor();
    await site.heal();
    await button('Try again').click();
    await expectCount(cards, 24);
    await site.break(DOWN);
    await page.mouse.wheel(0, 20_000);
    await page.getByText('More could not be loaded.').waitFor();
    await expectCount(cards, 24);
    await site.heal();
    await button('Try again').click();
    await expectCount(cards, 48);
    await scrollUntil(page, cards, 72);
  });
}
