import type { ChildProcess } from 'node:child_process';
import { z } from 'zod';

// As Node's cluster writes them; the numbers tell which answer belongs to which message.
const handedOver = z.object({ act: z.literal('newconn'), seq: z.number() });
const taken = z.object({ ack: z.number() });

/**
 * Closes the connections that a worker was given and did not take before its process ended. Node forgets them without
 * closing them, so that whoever made them would wait for ever instead of trying again.
 * @param ended resolves when the process has ended
 */
export function closeLostConnections(worker: ChildProcess, ended: Promise<unknown>): void {
  const onTheirWay = new Map<number, Closable>();
  worker.send = new Proxy(worker.send, {
    apply: (send, self, args: readonly unknown[]) => {
      const [message, connection] = args;
      if (isClosable(connection)) {
        const parsed = handedOver.safeParse(message);
        if (parsed.success) onTheirWay.set(parsed.data.seq, connection);
      }
      return Reflect.apply(send, self, args);
    },
  });
  worker.on('internalMessage', (message: unknown) => {
    const parsed = taken.safeParse(message);
    if (parsed.success) onTheirWay.delete(parsed.data.ack);
  });
  void ended.then(() => closeAll(onTheirWay.values()));
}

interface Closable {
  close(): void;
}

function closeAll(connections: Iterable<Closable>): void {
  for (const connection of connections) connection.close();
}

function isClosable(value: unknown): value is Closable {
  return typeof value === 'object' && value !== null && 'close' in value && typeof value.close === 'function';
}
