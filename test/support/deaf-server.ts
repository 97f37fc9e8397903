import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

const LISTEN_AND_BLOCK = `
  const { parentPort, workerData } = require('node:worker_threads');
  const server = require('node:net').createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => socket.write(workerData.answer));
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setTimeout(() => Atomics.wait(workerData.awake, 0, 0), 20);
  });
`;
const MAX_FILLERS = 20;
const CONNECT_MS = 100;

/** A port of the loopback at which connecting hangs: its queue is full and nobody takes from it. */
export interface DeafServer extends AsyncDisposable {
  readonly port: number;
  /** Lets it accept what waits, and answer. */
  wake(): void;
}

/** @param answer bytes that it gives for every request once it is awake */
export async function startDeafServer(answer: string): Promise<DeafServer> {
  const awake = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(LISTEN_AND_BLOCK, { eval: true, workerData: { awake, answer } });
  const [message]: unknown[] = await once(worker, 'message');
  const port = Number(message);
  await delay(CONNECT_MS);
  const fillers: Socket[] = [];
  for (let isFull = false; !isFull && fillers.length < MAX_FILLERS; ) {
    const filler = connect(port, '127.0.0.1');
    filler.on('error', () => {});
    fillers.push(filler);
    isFull = await Promise.race([once(filler, 'connect').then(() => false), delay(CONNECT_MS, true)]);
  }
  const wake = (): void => {
    Atomics.store(awake, 0, 1);
    Atomics.notify(awake, 0);
  };
  return {
    port,
    wake,
    [Symbol.asyncDispose]: async () => {
      for (const filler of fillers) filler.destroy();
      wake();
      await worker.terminate();
    },
  };
}
