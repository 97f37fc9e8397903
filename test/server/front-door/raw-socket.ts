import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Opens a bare connection to the gateway at this URL. */
export async function open(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => socket.destroy());
  return socket;
}

/** Everything that comes until the gateway ends the connection. */
export async function readToEnd(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => void chunks.push(chunk));
  if (!socket.closed) await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

/** Sends bytes as they are. @returns all that comes back until the connection ends, or for as long as this */
export async function say(url: string, bytes: string | Uint8Array, maxWaitMs = 100): Promise<string> {
  const socket = await open(url);
  let timer: NodeJS.Timeout | undefined;
  socket.on('data', () => {
    clearTimeout(timer);
    timer = setTimeout(() => socket.destroy(), maxWaitMs);
  });
  const latest = setTimeout(() => socket.destroy(), maxWaitMs * 10);
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  const answer = await readToEnd(socket);
  clearTimeout(timer);
  clearTimeout(latest);
  return answer;
}

/** The status of every answer in what came back. */
export function statusesOf(answer: string): number[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
}
