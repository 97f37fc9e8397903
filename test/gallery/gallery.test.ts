import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { itIsForEverybody } from './accessibility.ts';
import { itAddsAssets } from './adding.ts';
import { itLetsOneBrowse } from './browsing.ts';
import { itShowsChangesAtOnce } from './changing.ts';
import { itStartsWithOneCommand } from './example.ts';
import { itFitsTheSchema } from './generated.ts';
import { itWorksWithRelay } from './relay.ts';
import { openSite, type Site } from './site.ts';
import { itIsFrankAboutTrouble } from './trouble.ts';

let opened: Site;
const site = () => opened;

// One gateway, one build and one browser for all: starting them takes longer than the tests.
beforeAll(async () => {
  opened = await openSite();
}, 300_000);
afterEach(() => opened.heal());
afterAll(() => opened?.[Symbol.asyncDispose]());

describe('the gallery', { timeout: 180_000 }, () => {
  itLetsOneBrowse(site);
  itShowsChangesAtOnce(site);
  itAddsAssets(site);
  itIsFrankAboutTrouble(site);
  itIsForEverybody(site);
  itFitsTheSchema();
  itStartsWithOneCommand();
});
describe('its page for Relay', { timeout: 180_000 }, () => {
  itWorksWithRelay(site);
});
