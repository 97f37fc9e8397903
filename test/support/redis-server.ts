import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A real Redis on any free port of the loopback, empty and without a disk. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>;
}

const PATIENCE_MS = 10_000;

/** Starts Debian's redis-server. @throws when it is not installed: `apt-get install redis-server` brings it */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  let child = await run(port);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    restart: async () => {
      await kill();
      child = await run(port);
    },
    [Symbol.asyncDispose]: kill,
  };
}

async function run(port: number): Promise<ChildProcess> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', options, { stdio: 'ignore' });
  let failure: Error | null = null;
  child.once('error', (cause) => {
    failure = new Error('redis-server can not be started: install it (apt-get install redis-server)', {
      cause,
    });
  });
  const latest = performance.now() + PATIENCE_MS;
  while (!(await accepts(port))) {
    if (failure) throw failure;
    if (performance.now() > latest) throw new Error('redis-server does not come up');
    await delay(50);
  }
  return child;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** A port of the loopback that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  return address.port;
}
