import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { KEY, SECRET } from '../support/gateway.ts';
import { startPython } from './python.ts';

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

/** Starts the client before this upstream, with the gateway's credentials. */
export async function startSdkCaller(upstreamUrl: string): Promise<SdkCaller> {
  const access = { url: upstreamUrl, key: KEY, secret: SECRET };
  const python = await startPython(['test/sdk/caller.py'], '.', access);
  python.stderr.pipe(process.stderr);
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
