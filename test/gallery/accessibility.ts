import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';
import { makeCollection } from './samples.ts';
import { installAll, it } from './sites.ts';
import { expectCount, visit } from './visitor.ts';

const AXE = fileURLToPath(
  new URL('../../examples/gallery/node_modules/axe-core/axe.min.js', import.meta.url),
);
const report = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
    }),
  ),
});

/** What axe-core finds wrong with what the page shows now. */
async function violations(page: Page): Promise<unknown[]> {
  await page.addScriptTag({ path: AXE });
  return report.parse(await page.evaluate('axe.run()')).violations;
}

export function itIsForEverybody(): void {
  it.for(['light', 'dark'] as const)(
    'has no violation that axe-core knows of, in %s colours',
    async (colorScheme, { site }) => {
      // axe-core is one of those that the gallery does not run on.
      await installAll();
      const { path } = await makeCollection(site, 'Checked', 3);
      const { page, cards, tiles, button } = await visit(site, { colorScheme, width: 390 });
      await expectCount(cards, 24);
      expect(await violations(page)).toEqual([]);
      await button('New collection').click();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.goto(`${site.url}${path}`);
      await expectCount(tiles, 3);
      await tiles.first().getByRole('button', { name: 'Use as cover' }).click();
      await page.getByText('Cover changed').waitFor();
      expect(await violations(page)).toEqual([]);
      await button('Add assets').click();
      await page.locator('.library .tile').first().waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await site.break({ rules: [{ action: { kind: 'status', status: 503 } }] });
      await page.goto(`${site.url}relay.html`);
      await page.getByRole('alert').waitFor();
      expect(await violations(page)).toEqual([]);
    },
  );
}
