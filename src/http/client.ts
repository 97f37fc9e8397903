import { Pool } from 'undici';
import type { Call, CallResult, CallScope, Send } from './call.ts';
import { Exchange, type ExchangeOptions } from './exchange.ts';
import { createRedactor } from './redactor.ts';

/** Where the upstream is and how to speak to it. */
export interface ClientOptions extends Omit<ExchangeOptions, 'redact'> {
  /** For example `https://api.cloud.scenario.com/v1`. */
  readonly baseUrl: URL;
  readonly key: string;
  readonly secret: string;
  /** Most sockets to the upstream. */
  readonly connections: number;
}

/** A client of one upstream. */
export interface Client {
  /** One attempt of a call: no retry, no queue. */
  readonly send: Send;
  /** Ends every socket; calls under way fail. */
  close(): Promise<void>;
}

const IDLE_MS = 4_000;

/** Makes the client of the upstream over HTTP/1.1; opens no socket before the first call. */
export function createClient(options: ClientOptions): Client {
  const { key, secret, baseUrl } = options;
  const basePath = baseUrl.pathname.replace(/\/$/, '');
  const redact = createRedactor([`${key}:${secret}`, key, secret, baseUrl.host]);
  const exchangeOptions = { ...options, redact };
  const staticHeaders = headersOf(options);
  const shared = createPool(options);
  const creates = createPool(options);

  const send = (call: Call, scope: CallScope) => {
    const refusal = refuseUnsent(scope);
    if (refusal) return Promise.resolve(refusal);
    scope.tally.attempts += 1;
    const attemptEnded = scope.observer.attemptStarted(call, scope.tally.attempts);
    const exchange = new Exchange(call, scope, exchangeOptions);
    const content = call.body === undefined ? {} : { 'content-type': 'application/json' };
    // A create is never repeated, so it must not meet a socket that the server is just closing: each has its own. No
    // idle limit is short enough for that when the process or the network stalls.
    const isCreate = call.method === 'POST';
    (isCreate ? creates : shared).dispatch(
      {
        method: call.method,
        path: basePath + call.path,
        headers: { ...staticHeaders, ...content, 'x-request-id': scope.requestId },
        body: call.body ?? null,
        reset: isCreate,
      },
      exchange,
    );
    void exchange.result.then(attemptEnded);
    return exchange.result;
  };

  return {
    send,
    close: async () => {
      await Promise.all([shared.destroy(), creates.destroy()]);
    },
  };
}

function headersOf({ key, secret }: ClientOptions) {
  return {
    accept: 'application/json',
    'accept-encoding': 'identity',
    authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
    'user-agent': 'scenario-collections-gateway',
  };
}

function refuseUnsent({ signal, deadline }: CallScope): CallResult | null {
  if (signal.aborted) return { ok: false, failure: { kind: 'cancelled', sent: false }, unclear: false };
  if (!deadline.passed) return null;
  return {
    ok: false,
    failure: { kind: 'timed-out', limit: 'deadline', sent: false, waitedMs: 0 },
    unclear: false,
  };
}

function createPool(options: ClientOptions): Pool {
  return new Pool(options.baseUrl.origin, {
    connections: options.connections,
    allowH2: false,
    connectTimeout: options.timeoutMs,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    // The exchange keeps its own, exact time.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}
