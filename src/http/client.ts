import type { Dispatcher } from 'undici';
import { createRedactor } from '../shared/redactor.ts';
import type { Call, CallResult, CallScope, Send } from './call.ts';
import { Exchange, type ExchangeOptions } from './exchange.ts';
import { Expiries } from './expiries.ts';
import { createPools, type PoolOptions } from './pools.ts';
import { readAnswer } from './read-answer.ts';
import { unsent } from './unsent.ts';

/** Where the upstream is and how to speak to it. */
export interface ClientOptions extends ExchangeOptions, PoolOptions {
  readonly key: string;
  readonly secret: string;
}

/** A client of one upstream. */
export interface Client {
  /** One attempt of a call: no retry, no queue. */
  readonly send: Send;
  /** Ends every socket; calls under way fail. */
  close(): Promise<void>;
}

/** Makes the client of the upstream over HTTP/1.1; opens no socket before the first call. */
export function createClient(options: ClientOptions): Client {
  const { key, secret, baseUrl } = options;
  const { origin } = baseUrl;
  const basePath = baseUrl.pathname.replace(/\/$/, '');
  const redact = createRedactor([`${key}:${secret}`, key, secret, baseUrl.host]);
  const ownHeaders = headersOf(options);
  const pools = createPools(options);
  const expiries = new Expiries();

  const dispatch = (dispatcher: Dispatcher, call: Call, scope: CallScope) => {
    const { method, path, body } = call;
    const exchange = new Exchange(call, scope, options, expiries);
    const headers = [...ownHeaders, 'x-request-id', scope.requestId];
    if (body !== undefined) headers.push('content-type', 'application/json');
    dispatcher.dispatch({ origin, method, path: basePath + path, headers, body: body ?? null }, exchange);
    return exchange.result;
  };
  const send: Send = (call, scope) => {
    const refusal = refuseUnsent(scope);
    if (refusal) return Promise.resolve(refusal);
    scope.tally.attempts += 1;
    const attemptEnded = scope.observer.attemptStarted(call);
    const connections = pools.for(call);
    const connection = connections.take();
    return dispatch(connection.dispatcher, call, scope).then((answer) => {
      const { result, isSound } = readAnswer(call, answer, redact);
      connections.giveBack(connection, isSound);
      attemptEnded(result);
      return result;
    });
  };

  return { send, close: () => pools.close() };
}

// Names and values in turn, as undici takes them with the least work.
function headersOf({ key, secret }: ClientOptions): string[] {
  const headers = {
    accept: 'application/json',
    'accept-encoding': 'identity',
    authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
    'user-agent': 'scenario-collections-gateway',
  };
  return Object.entries(headers).flat();
}

function refuseUnsent({ signal, deadline }: CallScope): CallResult | null {
  if (signal.aborted) return unsent({ kind: 'cancelled', sent: false });
  if (!deadline.passed) return null;
  return unsent({ kind: 'timed-out', limit: 'deadline', sent: false, waitedMs: 0 });
}
