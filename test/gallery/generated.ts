import { expect, it } from 'vitest';
import { runInGallery } from './processes.ts';
import { installAll } from './sites.ts';

export function itFitsTheSchema(): void {
  it.each([
    ['Apollo Client', 'graphql-codegen', ['--config', 'codegen.config.ts', '--check']],
    ['Relay', 'relay-compiler', ['--validate', 'relay.config.json']],
  ])(
    'has types of the schema as it is, for %s: `npm run codegen` would change nothing',
    async (_, command, args) => {
      await installAll();
      await expect(runInGallery(command, args)).resolves.toBeDefined();
    },
  );

  it('has no wrong type', async () => {
    await installAll();
    await expect(runInGallery('tsc', ['--noEmit'])).resolves.toBe('');
  });
}
