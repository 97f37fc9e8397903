import { randomInt } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { GraphQLBody } from '../support/gateway.ts';
import type { Fleet, Replica } from './fleet.ts';

/** What became of a request that got a connection: an answer, or none. */
export type Outcome = { readonly kind: 'answered'; readonly body: GraphQLBody } | { readonly kind: 'lost' };

const NOBODY_READY_PAUSE_MS = 20;

/**
 * Sends requests as a load balancer does: to a replica that was ready when it was last asked, or to another one when
 * that refuses the connection. A request that was sent is never sent again. Each has a connection of its own.
 */
export class Balancer {
  readonly #fleet: Fleet;
  /** Requests that got a connection. */
  sent = 0;
  /** Connections that were refused. */
  refused = 0;
  /** Requests that got a connection to a replica that was killed, and no answer. */
  killed = 0;
  /** Requests that got a connection to a replica that nobody killed, and no good answer. */
  readonly failures: string[] = [];

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  /** Sends it to any replica. */
  async send(document: string, variables: object): Promise<Outcome> {
    for (;;) {
      const replicas = this.#fleet.replicas.filter(({ isReady }) => isReady);
      const first = randomInt(replicas.length + 1);
      for (let turn = 0; turn < replicas.length; turn += 1) {
        const replica = replicas[(first + turn) % replicas.length];
        const outcome = replica && (await this.sendTo(replica, document, variables));
        if (outcome) return outcome;
      }
      await delay(NOBODY_READY_PAUSE_MS);
    }
  }

  /** Sends it to this replica; `null` when that refuses the connection or is not ready. */
  async sendTo(replica: Replica, document: string, variables: object): Promise<Outcome | null> {
    if (!replica.isReady) return null;
    try {
      const body = await post(replica.process.url, JSON.stringify({ query: document, variables }));
      this.sent += 1;
      return { kind: 'answered', body };
    } catch (error) {
      if (isRefusal(error)) {
        this.refused += 1;
        return null;
      }
      this.sent += 1;
      if (replica.isKilled) this.killed += 1;
      else this.failures.push(`${String(error)}: ${JSON.stringify(variables)} to ${replica.process.pid}`);
      return { kind: 'lost' };
    }
  }
}

async function post(url: string, body: string): Promise<GraphQLBody> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const sent = request(url, { method: 'POST', agent: false, headers });
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  sent.once('response', resolve).once('error', reject).end(body);
  const response = await promise;
  const answer = await text(response);
  if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}: ${answer}`);
  return JSON.parse(answer);
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
}
