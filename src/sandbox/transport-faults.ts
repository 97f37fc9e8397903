import { once } from 'node:events';
import type { HttpBindings } from '@hono/node-server';

/** Tells the server that nothing is left to send: it then leaves the connection as it is. */
export function alreadySent(): Response {
  return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
}

/** Cuts the connection with a TCP reset. */
export function resetConnection({ incoming }: HttpBindings): void {
  incoming.socket.resetAndDestroy();
}

/** Announces the whole answer, sends the first half of its bytes and closes the connection. */
export async function sendTruncated(answer: Response, { outgoing }: HttpBindings): Promise<void> {
  const body = new Uint8Array(await answer.arrayBuffer());
  outgoing.writeHead(answer.status, {
    'content-type': answer.headers.get('content-type') ?? 'application/json',
    'content-length': body.length,
  });
  if (!outgoing.write(body.subarray(0, body.length / 2))) await once(outgoing, 'drain');
  outgoing.socket?.end();
}
