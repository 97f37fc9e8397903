import { afterAll, beforeAll, describe } from 'vitest';
import { itIsForEverybody } from './accessibility.ts';
import { itAddsAssets } from './adding.ts';
import { itLetsOneBrowse } from './browsing.ts';
import { itShowsChangesAtOnce } from './changing.ts';
import { itStartsWithOneCommand } from './example.ts';
import { itFitsTheSchema } from './generated.ts';
import { itLoadsWell } from './loading.ts';
import { itWorksWithRelay } from './relay.ts';
import { openSites } from './sites.ts';
import { itIsFrankAboutTrouble } from './trouble.ts';

let sites: AsyncDisposable | undefined;
beforeAll(async () => {
  sites = await openSites();
}, 300_000);
afterAll(() => sites?.[Symbol.asyncDispose]());

describe.concurrent('the gallery', { timeout: 180_000 }, () => {
  itFitsTheSchema();
  itLoadsWell();
  itLetsOneBrowse();
  itShowsChangesAtOnce();
  itAddsAssets();
  itIsFrankAboutTrouble();
  itWorksWithRelay();
  itIsForEverybody();
  itStartsWithOneCommand();
});
