import { connect, createServer, type Socket } from 'node:net';
import { listenLocally } from '../../support/listen-locally.ts';

/** Stands before a server on the loopback, for as long as the test runs, and can stop to pass anything on. */
export async function openFreezingProxy(url: string) {
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    const target = connect(Number(new URL(url).port), '127.0.0.1');
    keep(client).on('data', (bytes) => target.write(bytes));
    keep(target).on('data', (bytes) => client.write(bytes));
    if (isFrozen) for (const socket of [client, target]) socket.pause();
  });
  const port = await listenLocally(server, sockets);
  return {
    url: `redis://127.0.0.1:${port}`,
    /** From now on nothing comes through, and nobody is told. */
    freeze: () => {
      isFrozen = true;
      for (const socket of sockets) socket.pause();
    },
    /** From now on everything comes through again, and first what was sent meanwhile. */
    thaw: () => {
      isFrozen = false;
      for (const socket of sockets) socket.resume();
    },
  };
}
