import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A real Redis on any free port of the loopback, empty and without a disk. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>;
}

const PATIENCE_MS = 10_000;
const WITHOUT_DISK = [
  '--save',
  '',
  '--appendonly',
  'no',
  '--repl-diskless-load',
  'swapdb',
  '--repl-diskless-sync-delay',
  '0',
];

/** Where the certificate of a Redis stands, for `localhost`; it speaks TLS then, and nothing else. */
export interface RedisTls {
  readonly folder: string;
}

/**
 * Starts Debian's redis-server.
 * @param options of its command line, beyond those that every one gets
 * @throws when it is not installed: `apt-get install redis-server` brings it
 */
export async function startRedis(
  options: readonly string[] = [],
  tls: RedisTls | null = null,
): Promise<RedisServer> {
  const port = await freePort();
  const start = () => runRedis(port, [...WITHOUT_DISK, ...options], tls);
  let child = await start();
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return {
    url: tls ? `rediss://localhost:${port}` : `redis://127.0.0.1:${port}`,
    port,
    kill,
    restart: async () => {
      await kill();
      child = await start();
    },
    [Symbol.asyncDispose]: kill,
  };
}

/** Starts the program on this port. @param options begin with the configuration file, where there is one */
export async function runRedis(
  port: number,
  options: readonly string[],
  tls: RedisTls | null = null,
): Promise<ChildProcess> {
  const listening = tls ? tlsOptions(port, tls) : ['--port', String(port)];
  const child = spawn('redis-server', [...options, ...listening, '--bind', '127.0.0.1'], { stdio: 'ignore' });
  let failure: Error | null = null;
  child.once('error', (cause) => {
    failure = new Error('redis-server cannot be started: install it (apt-get install redis-server)', {
      cause,
    });
  });
  child.once('exit', (code) => {
    failure ??= new Error(`redis-server on port ${port} ended with ${code} before it came up`);
  });
  const latest = performance.now() + PATIENCE_MS;
  while (!(await accepts(port))) {
    if (failure) throw failure;
    if (performance.now() > latest) throw new Error(`redis-server does not come up on port ${port}`);
    await delay(50);
  }
  return child;
}

function tlsOptions(port: number, { folder }: RedisTls): string[] {
  const files = Object.entries({ cert: 'cert.pem', key: 'key.pem', 'ca-cert': 'authority.pem' });
  return ['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no'].concat(
    ['--tls-replication', 'yes', '--tls-cluster', 'yes'],
    files.flatMap(([name, file]) => [`--tls-${name}-file`, join(folder, file)]),
  );
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

// Below those that a system gives to whoever takes any: none of the tests beside takes it meanwhile. Nor is the port 10,000
// above ever given, where a node of a cluster listens too.
const LOWEST_PORT = 10_000;
const HIGHEST_PORT = 20_000;

/** Gives a port of the loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST_PORT, HIGHEST_PORT);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.close();
    if (isFree) return port;
  }
}
