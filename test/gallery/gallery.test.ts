import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { itLetsOneBrowse } from './browsing.ts';
import { openSite, type Site } from './site.ts';

let opened: Site;
const site = () => opened;

// One gateway, one build and one browser for all: starting them takes longer than the tests.
beforeAll(async () => {
  opened = await openSite();
}, 300_000);
afterEach(() => opened.heal());
afterAll(() => opened?.[Symbol.asyncDispose]());

describe('the gallery', () => {
  itLetsOneBrowse(site);
});
