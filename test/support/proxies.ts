import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { freePort } from './redis-server.ts';

/** A load balancer before the gateway, for as long as the test runs. */
export interface Proxy {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
}

type Configure = (port: number) => string;

const START_MS = 10_000;

/** Starts nginx. @param gateway address of the gateway, as `host:port` @param location what stands in its only location */
export function startNginx(gateway: string, location: string): Promise<Proxy> {
  const configure: Configure = (port) => `
    daemon off; master_process off; pid nginx.pid; error_log stderr;
    events {}
    http {
      access_log off;
      client_body_temp_path .; proxy_temp_path .; fastcgi_temp_path .; uwsgi_temp_path .; scgi_temp_path .;
      upstream graphql_backend { server ${gateway}; keepalive 4; }
      server { listen 127.0.0.1:${port}; location / { ${location} } }
    }`;
  return start(configure, (folder, file) => ['nginx', '-e', 'stderr', '-p', folder, '-c', file]);
}

/** Starts HAProxy, which shows its servers at `/haproxy;csv`. @param backend lines of its only backend */
export function startHaproxy(backend: readonly string[]): Promise<Proxy> {
  const configure: Configure = (port) =>
    [
      'defaults',
      ' mode http',
      ' timeout connect 1s',
      ' timeout client 20s',
      ' timeout server 20s',
      'frontend front',
      ` bind 127.0.0.1:${port}`,
      ' stats uri /haproxy',
      ' default_backend gateways',
      'backend gateways',
      ...backend.map((line) => ` ${line}`),
      '',
    ].join('\n');
  return start(configure, (_folder, file) => ['haproxy', '-db', '-q', '-f', file]);
}

async function start(
  configure: Configure,
  command: (folder: string, file: string) => readonly [string, ...string[]],
): Promise<Proxy> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'proxy-'));
  const file = join(folder, 'proxy.conf');
  await writeFile(file, configure(port));
  const [name, ...args] = command(folder, file);
  const child = spawn(name, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(() => fetch(url), { timeout: START_MS, interval: 50 });
  return { url };
}
