import { beforeAll, expect, it } from 'vitest';
import { installGallery } from '../../scripts/install-gallery.ts';
import { runInGallery } from './processes.ts';

beforeAll(() => installGallery('all'), 300_000);

it.each([
  ['for Apollo Client', 'graphql-codegen', ['--config', 'codegen.config.ts', '--check']],
  ['for Relay', 'relay-compiler', ['--validate', 'relay.config.json']],
])(
  'what is generated %s fits the schema: `npm run codegen` in the gallery would change nothing',
  async (_, command, args) => {
    await expect(runInGallery(command, args)).resolves.toBeDefined();
  },
  120_000,
);

it('the gallery has no wrong type', async () => {
  await expect(runInGallery('tsc', ['--noEmit'])).resolves.toBe('');
}, 120_000);
