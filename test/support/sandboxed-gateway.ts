import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { startGateway, type TestGateway } from './gateway.ts';

/** A gateway before a sandbox, for as long as the test runs. */
export interface SandboxedGateway {
  readonly query: TestGateway['query'];
  /** How many calls of each endpoint the sandbox has answered since the last time that it was asked. */
  calls(): Promise<Readonly<Record<string, number>>>;
}

/** @param env further environment of the gateway */
export async function openSandboxedGateway(
  options: SandboxOptions,
  env: Record<string, string> = {},
): Promise<SandboxedGateway> {
  const sandbox = await startSandbox(options);
  const gateway = await startGateway(sandbox.url, {
    SCENARIO_SDK_API_KEY: sandbox.credentials.key,
    SCENARIO_SDK_API_SECRET: sandbox.credentials.secret,
    ...env,
  });
  onTestFinished(async () => {
    await gateway.end();
    await sandbox.close();
  });
  const control = (path: string, init?: RequestInit) => fetch(new URL(path, sandbox.url), init);
  return {
    query: gateway.query,
    calls: async () => {
      const calls: unknown = await (await control('/__stats')).json();
      await control('/__stats', { method: 'DELETE' });
      return z.record(z.string(), z.number()).parse(calls);
    },
  };
}
