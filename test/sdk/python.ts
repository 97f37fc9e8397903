import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Where Scenario's Python client finds its upstream, and as whom. */
export interface SdkAccess {
  readonly url: string;
  readonly key: string;
  readonly secret: string;
}

const PYTHON = `${process.cwd()}/.venv/bin/python`;

/**
 * Starts the Python that `test/sdk/install` brings, with nothing of the environment that the tests run in.
 * @param cwd folder from the project's root
 * @throws when it is not there
 */
export async function startPython(
  args: readonly string[],
  cwd: string,
  { url, key, secret }: SdkAccess,
): Promise<ChildProcessWithoutNullStreams> {
  const env = {
    SCENARIO_BASE_URL: url,
    SCENARIO_SDK_API_KEY: key,
    SCENARIO_SDK_API_SECRET: secret,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUTF8: '1',
  };
  const python = spawn(PYTHON, args, { cwd, env });
  await once(python, 'spawn').catch((cause: unknown) => {
    throw new Error("Scenario's Python client cannot be started: test/sdk/install brings it.", { cause });
  });
  return python;
}
