import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { prometheusContentType } from 'prom-client';
import { listen } from '../server/edge/listen.ts';

/** The listener for operators: `/metrics`, and nothing else. */
export interface AdminListener {
  /**
   * Starts to listen; resolves with the address.
   * @throws when the port can't be had
   */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Takes no new connection, lets a scrape under way finish, then resolves. */
  close(): Promise<void>;
}

const LIMITS = {
  headersTimeout: 5_000,
  requestTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  // Longer than the usual scrape interval, so that a scraper keeps its connection.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 8_192,
};
// Also ends a scraper that takes nothing.
const SOCKET_IDLE_MS = 70_000;
const MAX_CONNECTIONS = 100;

/** Builds the listener; nothing listens before `listen`. @param render gives the text that Prometheus scrapes */
export function createAdminListener(render: () => Promise<string>): AdminListener {
  const server = createServer(LIMITS, (req, res) => {
    res.setHeader('cache-control', 'no-store');
    res.setHeader('x-content-type-options', 'nosniff');
    route(req, res, render);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.timeout = SOCKET_IDLE_MS;
  return {
    listen: (port, host) => listen(server, port, host),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}

function route(req: IncomingMessage, res: ServerResponse, render: () => Promise<string>): void {
  if (req.url?.split('?', 1)[0] !== '/metrics') return answer(res, 404, 'Metrics are at /metrics.\n');
  if (req.method !== 'GET') {
    res.setHeader('allow', 'GET');
    return answer(res, 405, 'Metrics take GET.\n');
  }
  render().then(
    (metrics) => answer(res, 200, metrics, prometheusContentType),
    () => answer(res, 500, 'The metrics could not be read.\n'),
  );
}

function answer(res: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  res.writeHead(status, { 'content-type': type });
  res.end(text);
}
