import type { IncomingMessage } from 'node:http';
import { type Context, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import type { Call, CallResult } from '../http/call.ts';
import type { OperationFacts, OperationObserver } from '../server/request/telemetry.ts';
import type { AccountName } from '../shared/brands.ts';

const PATH = '/graphql';
// As the semantic conventions name it while the type is not known.
const UNKNOWN_OPERATION = 'GraphQL Operation';

/**
 * Traces one request: the span of its HTTP exchange, below it that of the operation, below that one for each upstream
 * attempt. They hold names, statuses and counts; no document, no variable, no id of an object, no query string.
 */
export class TracedOperation implements OperationObserver {
  readonly #tracer: Tracer;
  readonly #http: Span;
  readonly #operation: Span;
  readonly #context: Context;

  /** @param parent the caller's context */
  constructor(tracer: Tracer, req: IncomingMessage, requestId: string, parent: Context) {
    const method = req.method ?? '_OTHER';
    this.#tracer = tracer;
    this.#http = tracer.startSpan(
      `${method} ${PATH}`,
      {
        kind: SpanKind.SERVER,
        attributes: {
          'http.request.method': method,
          'http.route': PATH,
          'url.path': PATH,
          'gateway.request_id': requestId,
        },
      },
      parent,
    );
    const context = trace.setSpan(parent, this.#http);
    this.#operation = tracer.startSpan(UNKNOWN_OPERATION, {}, context);
    this.#context = trace.setSpan(context, this.#operation);
  }

  accountKnown(account: AccountName): void {
    this.#operation.setAttribute('gateway.account', account);
  }

  attemptStarted({ method, endpoint, resends = 0 }: Call): (result: CallResult) => void {
    const span = this.#tracer.startSpan(
      `${method} ${endpoint}`,
      {
        kind: SpanKind.CLIENT,
        attributes: {
          'http.request.method': method,
          'gateway.upstream.endpoint': endpoint,
          ...(resends > 0 ? { 'http.request.resend_count': resends } : {}),
        },
      },
      this.#context,
    );
    return (result) => endAttempt(span, result);
  }

  operationEnded(facts: OperationFacts): void {
    endOperation(this.#operation, facts);
    endHttp(this.#http, facts);
  }
}

function endAttempt(span: Span, result: CallResult): void {
  if (!result.ok) {
    const { failure } = result;
    if (failure.kind === 'status') span.setAttribute('http.response.status_code', failure.status);
    fail(span, failure.kind === 'status' ? String(failure.status) : failure.kind);
  }
  span.end();
}

function endOperation(span: Span, { type, name, tally, errorCodes }: OperationFacts): void {
  const [code] = errorCodes;
  if (type !== null) span.updateName(type).setAttribute('graphql.operation.type', type);
  if (name !== null) span.setAttribute('graphql.operation.name', name);
  span.setAttributes({
    'gateway.upstream.attempts': tally.attempts,
    'gateway.upstream.retries': tally.retries,
    'gateway.upstream.shared': tally.shared,
    'gateway.upstream.cached': tally.cached,
    'gateway.upstream.stale': tally.stale,
  });
  if (code !== undefined) fail(span, code);
  span.end();
}

function endHttp(span: Span, { status, clientDisconnected }: OperationFacts): void {
  // Nobody got the status of the answer when the client disconnected before it.
  if (clientDisconnected) span.setAttribute('gateway.client_disconnected', true);
  else span.setAttribute('http.response.status_code', status);
  if (!clientDisconnected && status >= 500) fail(span, String(status));
  span.end();
}

function fail(span: Span, errorType: string): void {
  span.setAttribute('error.type', errorType).setStatus({ code: SpanStatusCode.ERROR });
}
