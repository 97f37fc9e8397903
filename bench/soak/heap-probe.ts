import { once } from 'node:events';
import { z } from 'zod';

/** What is alive in a process. */
export interface HeapProbe {
  /** Collects garbage, all of it, and reads how many bytes of the heap are in use then. */
  liveBytes(): Promise<number>;
  close(): void;
}

const targets = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1);
const reply = z.object({ id: z.number(), result: z.unknown() });
const usage = z.object({ usedSize: z.number() });

/**
 * Asks a Node process by its inspector, which it must have been started with (`--inspect=127.0.0.1:port`). Without a
 * collection before each reading, the heap of a process with little to do grows for minutes before Node tidies it.
 */
export async function openHeapProbe(port: number): Promise<HeapProbe> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target] = targets.parse(await answer.json());
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  await once(socket, 'open');
  let lastId = 0;
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const parsed = reply.safeParse(JSON.parse(String(data)));
    if (parsed.success) waiting.get(parsed.data.id)?.(parsed.data.result);
  });
  const call = (method: string): Promise<unknown> => {
    const id = (lastId += 1);
    const { promise, resolve } = Promise.withResolvers<unknown>();
    waiting.set(id, resolve);
    socket.send(JSON.stringify({ id, method }));
    return promise.finally(() => waiting.delete(id));
  };
  return {
    liveBytes: async () => {
      await call('HeapProfiler.collectGarbage');
      return usage.parse(await call('Runtime.getHeapUsage')).usedSize;
    },
    close: () => socket.close(),
  };
}
