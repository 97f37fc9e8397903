import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { listenLocally } from './listen-locally.ts';

/** What the proxy does with a CONNECT. */
export type ProxyMood = 'serves' | 'refuses' | 'asks who you are' | 'resets' | 'closes' | 'hangs';

/** An HTTP proxy that takes CONNECT and leads every name to the loopback, for as long as the test runs. */
export interface ConnectProxy {
  /** With the credentials that it asks for. */
  readonly url: string;
  readonly requests: IncomingMessage[];
  /** Bytes that came through its tunnels from inside. */
  wire(): Buffer;
  mood: ProxyMood;
}

const CREDENTIALS = { user: 'gateway', password: 'canary-proxy-p%40ss' };

export const PROXY_PASSWORD = decodeURIComponent(CREDENTIALS.password);
const AUTHORIZATION = `Basic ${Buffer.from(`${CREDENTIALS.user}:${PROXY_PASSWORD}`).toString('base64')}`;

const STATUSES = { refuses: '403 Forbidden', 'asks who you are': '407 Who Are You' };

export async function startConnectProxy(): Promise<ConnectProxy> {
  const sockets = new Set<Socket>();
  const wire: Buffer[] = [];
  const server = createServer((_req, res) => res.writeHead(405).end());
  server.on('connection', (socket: Socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)));
  });
  server.on('connect', (req, socket: Socket) => {
    proxy.requests.push(req);
    socket.on('error', () => socket.destroy());
    const isKnown = req.headers['proxy-authorization'] === AUTHORIZATION;
    const mood = isKnown ? proxy.mood : 'asks who you are';
    if (mood === 'serves') {
      socket.on('data', (chunk: Buffer) => wire.push(chunk));
      openTunnel(socket, Number(req.url?.split(':').at(-1)));
    } else if (mood === 'resets') socket.resetAndDestroy();
    else if (mood === 'closes') socket.end();
    else if (mood !== 'hangs') socket.end(`HTTP/1.1 ${STATUSES[mood]}\r\n\r\n`);
  });
  const port = await listenLocally(server, sockets);
  const proxy: ConnectProxy = {
    url: `http://${CREDENTIALS.user}:${CREDENTIALS.password}@127.0.0.1:${port}`,
    requests: [],
    wire: () => Buffer.concat(wire),
    mood: 'serves',
  };
  return proxy;
}

function openTunnel(inside: Socket, port: number): void {
  const outside = connect(port, '127.0.0.1', () => {
    inside.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    inside.pipe(outside).pipe(inside);
  });
  outside.on('error', () => inside.destroy());
  inside.on('close', () => outside.destroy());
}
