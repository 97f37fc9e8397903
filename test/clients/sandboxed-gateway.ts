import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

/** Starts a gateway before a fresh sandbox with so many collections; `stop` ends both. */
export async function startSandboxedGateway(seedCount: number): Promise<Omit<TestGateway, symbol>> {
  const sandbox = await startSandbox({ seedCount });
  const { key, secret } = sandbox.credentials;
  const gateway = await startGateway(sandbox.url, {
    SCENARIO_SDK_API_KEY: key,
    SCENARIO_SDK_API_SECRET: secret,
  });
  return {
    ...gateway,
    stop: async () => {
      await gateway.end();
      await sandbox.close();
    },
  };
}
