import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

/** A span as it came in; attributes by key, their values as text. */
export interface ReceivedSpan {
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client';
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly failed: boolean;
}

/** A collector that takes traces in OTLP as JSON over HTTP, for as long as the test runs. */
export interface OtlpReceiver {
  readonly url: string;
  readonly spans: ReceivedSpan[];
  /** Attributes of the resource that sent last. */
  resource: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders[];
  /** Status of its answers. */
  status: number | 'no answer';
}

const attributes = z
  .array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) }))
  .transform((list) =>
    Object.fromEntries(list.map(({ key, value }) => [key, String(Object.values(value)[0])])),
  );

const KINDS = { 1: 'internal', 2: 'server', 3: 'client' } as const;
const STATUS_ERROR = 2;

const span = z
  .object({
    name: z.string(),
    kind: z.union([z.literal(1), z.literal(2), z.literal(3)]).transform((kind) => KINDS[kind]),
    traceId: z.string(),
    spanId: z.string(),
    parentSpanId: z.string().nullable().default(null),
    attributes,
    status: z.object({ code: z.number() }),
  })
  .transform(({ status, ...rest }) => ({ ...rest, failed: status.code === STATUS_ERROR }));

const request = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
});

/** Starts a collector on any free port of the loopback. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const server = createServer((req, res) => {
    receiver.headers.push(req.headers);
    void takeIn(req, res, receiver);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the receiver has no port');
  const receiver: OtlpReceiver = {
    url: `http://127.0.0.1:${address.port}`,
    spans: [],
    resource: {},
    headers: [],
    status: 200,
  };
  return receiver;
}

async function takeIn(req: IncomingMessage, res: ServerResponse, receiver: OtlpReceiver): Promise<void> {
  const body = await json(req);
  if (receiver.status === 'no answer') return;
  if (req.url === '/v1/traces' && receiver.status === 200) keep(receiver, body);
  res.writeHead(receiver.status, { 'content-type': 'application/json' }).end('{}');
}

function keep(receiver: OtlpReceiver, body: unknown): void {
  for (const { resource, scopeSpans } of request.parse(body).resourceSpans) {
    receiver.resource = resource.attributes;
    receiver.spans.push(...scopeSpans.flatMap(({ spans }) => spans));
  }
}
