import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { KEY, SECRET } from '../support/gateway.ts';

/** A call of Scenario's Python client, such as `collections.update`, with its arguments by name. */
export interface SdkCall {
  readonly method: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** A Python process that makes one call after the other, with no retry; a list is read to its end. */
export interface SdkCaller extends AsyncDisposable {
  /** @throws what the client raised, an answer that its types do not allow included */
  make(call: SdkCall): Promise<void>;
}

const outcome = z.object({ failure: z.string().nullable() });

/** What a Python process gets to see: nothing of the environment that the tests run in. */
function pythonEnvironment(upstreamUrl: string, key: string, secret: string): Record<string, string> {
  return {
    SCENARIO_BASE_URL: upstreamUrl,
    SCENARIO_SDK_API_KEY: key,
    SCENARIO_SDK_API_SECRET: secret,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUTF8: '1',
  };
}

/** The interpreter that `test/sdk/install` makes. */
const PYTHON = '.venv/bin/python';

/** Starts the client before this upstream, with the gateway's credentials. */
export async function startSdkCaller(upstreamUrl: string): Promise<SdkCaller> {
  const python = spawn(PYTHON, ['test/sdk/caller.py'], {
    env: pythonEnvironment(upstreamUrl, KEY, SECRET),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(python, 'spawn').catch((cause: unknown) => {
    throw new Error("Scenario's Python client cannot be started: test/sdk/install brings it.", { cause });
  });
  const answers = createInterface(python.stdout)[Symbol.asyncIterator]();
  return {
    make: async (call) => {
      python.stdin.write(`${JSON.stringify(call)}\n`);
      const { value } = await answers.next();
      if (value === undefined) throw new Error("Scenario's Python client ended early.");
      const { failure } = outcome.parse(JSON.parse(value));
      if (failure !== null) throw new Error(failure);
    },
    [Symbol.asyncDispose]: async () => {
      const ended = once(python, 'close');
      python.stdin.end();
      await ended;
    },
  };
}
