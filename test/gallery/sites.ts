import { test } from 'vitest';
import { installGallery } from '../../scripts/install-gallery.ts';
import { launchBrowser } from '../browser/browser.ts';
import { buildGallery } from './serve-gallery.ts';
import { openSite, type Site } from './site.ts';

// As many as a small machine can serve at once.
const SITES = 3;

const free: Site[] = [];
const waiting: ((site: Site) => void)[] = [];
let allPackages = Promise.resolve();

/** A test with a site of its own for as long as it runs: what it breaks, breaks for no other. */
export const it = test.extend<{ readonly site: Site }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads here which other fixtures it needs
  site: async ({}, use) => {
    const site = free.pop() ?? (await new Promise<Site>((resolve) => waiting.push(resolve)));
    await use(site);
    await site.tidyUp();
    giveBack(site);
  },
});

/** Waits for the gallery's packages that are not needed to run it. */
export function installAll(): Promise<void> {
  return allPackages;
}

/** Builds the gallery, and starts gateways and a browser for all tests: starting them takes longer than the tests. */
export async function openSites(): Promise<AsyncDisposable> {
  const browser = await launchBrowser();
  const [sites] = await Promise.all([
    Promise.all(Array.from({ length: SITES }, () => openSite(browser))),
    installGallery('what it runs on').then(buildGallery),
  ]);
  for (const site of sites) giveBack(site);
  allPackages = installGallery('all');
  // It is waited for by those that need it.
  allPackages.catch(() => {});
  return {
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await Promise.all(sites.map((site) => site[Symbol.asyncDispose]()));
    },
  };
}

function giveBack(site: Site): void {
  const next = waiting.shift();
  if (next === undefined) free.push(site);
  else next(site);
}
