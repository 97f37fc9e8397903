import { expect, test } from 'vitest';
import { readConfig } from '../../src/boot/read-config.ts';
import { folderWith, manifestOf, READ, RENAME, sha256 } from '../server/trusted/document-folder.ts';
import { noFile, PRODUCTION } from '../support/environment.ts';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';

test('one message names what is wrong with variables, with every trusted document and with the sandbox', async () => {
  const { path } = await folderWith({
    'a.json': '{"marker',
    'b.json': manifestOf([READ]),
    'c.json': JSON.stringify({ [sha256(READ)]: RENAME }),
    'd.json': JSON.stringify({ marker: READ }),
  });
  const env = {
    ...PRODUCTION,
    UPSTREAM: 'sandbox',
    PORT: 'marker',
    TRUSTED_DOCUMENTS: path,
    SANDBOX_FAULTS: '{"latencyMs":"marker"}',
    SANDBOX_PUBLIC_URL: 'marker',
  };
  const message = await readConfig(env, noFile).then(String, String);
  const names = ['PORT', 'a.json', 'c.json', 'd.json', 'SANDBOX_FAULTS', 'SANDBOX_PUBLIC_URL'];
  expect(names.filter((name) => !message.includes(name))).toEqual([]);
  expect(message.split('\n')).toHaveLength(names.length + 1);
  expect(message).not.toContain('marker');
});

test('what is named wrong alone is told with all that is wrong beside it', async () => {
  const env = { UPSTREAM: 'sandbox', TRUSTED_DOCUMENTS: '/nowhere', SANDBOX_PUBLIC_URL: 'marker' };
  const message = await openFrontDoor(everyCollection, env).then(String, String);
  expect(message).toMatch(/ConfigError: .* 2 problem.*\n.*TRUSTED_DOCUMENTS names.*\n.*SANDBOX_PUBLIC_URL/);
  expect(message).not.toContain('marker');
});
