import { describe, expect, test } from 'vitest';
import { parseEmbeddedSandboxOptions, parseSandboxOptions } from '../../src/sandbox/sandbox-options.ts';

describe('options from the environment', () => {
  test('have a default each', () => {
    expect(parseSandboxOptions({ SANDBOX_FILE: '' })).toEqual({
      ok: true,
      options: {
        file: undefined,
        faults: undefined,
        host: '127.0.0.1',
        port: 4010,
        credentials: { key: 'sandbox', secret: 'sandbox' },
      },
    });
  });

  test('are all read', () => {
    const parsed = parseSandboxOptions({
      SANDBOX_FILE: '/data/sandbox.sqlite',
      SANDBOX_PUBLIC_URL: 'https://sandbox.example.com/',
      SANDBOX_FAULTS: '{"latencyMs":20,"list":{"endOfList":"null"}}',
      HOST: '0.0.0.0',
      PORT: '0',
      SANDBOX_KEY: 'k',
      SANDBOX_SECRET: 's:1',
      PATH: '/bin',
    });
    expect(parsed).toMatchObject({
      ok: true,
      options: {
        file: '/data/sandbox.sqlite',
        faults: { latencyMs: 20, list: { endOfList: 'null', shortBy: 0 } },
        publicUrl: 'https://sandbox.example.com',
        host: '0.0.0.0',
        port: 0,
        credentials: { key: 'k', secret: 's:1' },
      },
    });
  });

  test('name every problem, and no value', () => {
    const parsed = parseSandboxOptions({
      PORT: '70000',
      SANDBOX_KEY: 'hidden:key',
      SANDBOX_PUBLIC_URL: 'https://hidden@example.com/gallery',
      SANDBOX_FAULTS: '{"latencyMs":"slow","rules":[{"action":{"kind":"hang","forever":true}}]}',
    });
    if (parsed.ok) throw new Error('these options should not pass');
    const text = parsed.problems.join('\n');
    for (const name of [
      'PORT',
      'SANDBOX_KEY',
      'SANDBOX_PUBLIC_URL',
      'SANDBOX_FAULTS.latencyMs',
      'SANDBOX_FAULTS.rules.0.action',
    ]) {
      expect(text).toContain(name);
    }
    expect(text).not.toContain('hidden');
  });

  test('faults that are not JSON are a problem', () => {
    expect(parseSandboxOptions({ SANDBOX_FAULTS: '{' })).toEqual({
      ok: false,
      problems: ['SANDBOX_FAULTS: is not JSON'],
    });
  });

  test('an embedded sandbox leaves the listener of its host alone', () => {
    expect(parseEmbeddedSandboxOptions({ HOST: '0.0.0.0', PORT: '4000', SANDBOX_FILE: 'a.sqlite' })).toEqual({
      ok: true,
      options: { file: 'a.sqlite', faults: undefined },
    });
    expect(parseEmbeddedSandboxOptions({ SANDBOX_FAULTS: '[]' })).toMatchObject({ ok: false });
  });
});
