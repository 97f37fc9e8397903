import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * Listens on a free port of the loopback for as long as the test runs, and ends these sockets with it.
 * @returns the port
 */
export async function listenLocally(server: Server, sockets: Iterable<Socket>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  return address.port;
}
