import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished } from 'vitest';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { sdkTest } from '../support/sdk-test.ts';
import { startPython } from './python.ts';

interface Suite {
  /** A file of `test/sdk/sandbox`. */
  readonly name: string;
  readonly finds: string;
  readonly options: SandboxOptions;
}

const SUITES: readonly Suite[] = [
  { name: 'check_collections', finds: 'the nine operations', options: {} },
  { name: 'check_lists', finds: 'lists to their end', options: {} },
  { name: 'check_failures', finds: 'its classes of failures', options: {} },
  { name: 'check_library', finds: 'assets and models with all their fields', options: { seedCount: 10 } },
  { name: 'check_search', finds: 'what a search gives', options: { seedCount: 10 } },
];

sdkTest.for(SUITES)(
  "in the sandbox, Scenario's own client finds $finds",
  { timeout: 60_000 },
  async ({ name, options }) => {
    const { url, credentials, close } = await startSandbox(options);
    onTestFinished(close);
    const python = await startPython(['-m', 'unittest', name], 'test/sdk/sandbox', { url, ...credentials });
    onTestFinished(() => void python.kill());
    const [said, [exitCode]] = await Promise.all([text(python.stderr), once(python, 'close')]);
    expect(exitCode === 0 ? '' : said).toBe('');
  },
);
