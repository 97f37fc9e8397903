import { randomUUID } from 'node:crypto';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished } from 'vitest';
import { type Answer, type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { type GatewayProcess, startProcess } from './gateway-process.ts';

/** An answer, as the wire has it. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A connection that is kept, and so stays with one worker. */
export interface Connection {
  send(document: string, variables?: object, headers?: Readonly<Record<string, string>>): Promise<WireAnswer>;
  get(path: string): Promise<WireAnswer>;
}

/** A connection to a worker that is known. */
export interface WorkerConnection extends Connection {
  readonly pid: number;
}

/** A gateway of several workers before a scripted upstream, and a connection to each of them. */
export interface Workers {
  readonly gateway: GatewayProcess;
  readonly upstream: ScriptedUpstream;
  readonly workers: readonly [WorkerConnection, WorkerConnection, ...WorkerConnection[]];
}

/** Opens a connection to the gateway at this URL. */
export function connect(url: string): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const exchange = async (to: string | URL, method: string, headers: object, body?: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    request(to, { agent, method, headers: { ...headers } })
      .once('response', resolve)
      .once('error', reject)
      .end(body);
    const response = await promise;
    return { status: response.statusCode ?? 0, headers: response.headers, text: await text(response) };
  };
  return {
    send: (document, variables = {}, headers = {}) => {
      const body = JSON.stringify({ query: document, variables });
      const length = { 'content-length': String(Buffer.byteLength(body)) };
      return exchange(url, 'POST', { 'content-type': 'application/json', ...length, ...headers }, body);
    },
    get: (path) => exchange(new URL(path, url), 'GET', {}),
  };
}

/** The worker that answered the request with this id, by the log. */
async function workerOf(gateway: GatewayProcess, requestId: string): Promise<number> {
  const line = new RegExp(`^\\{.*"pid":(\\d+),.*"requestId":"${requestId}".*\\}$`, 'm');
  await expect.poll(() => gateway.stdout(), { timeout: 10_000 }).toMatch(line);
  return Number(line.exec(gateway.stdout())?.[1]);
}

/** Opens connections until there is one to each of so many workers. */
export async function connectToEach(gateway: GatewayProcess, count: number): Promise<WorkerConnection[]> {
  const found = new Map<number, WorkerConnection>();
  for (let tries = 0; found.size < count && tries < 10 * count; tries += 1) {
    const connection = connect(gateway.url);
    const requestId = randomUUID();
    await connection.send('{ __typename }', {}, { 'x-request-id': requestId });
    const pid = await workerOf(gateway, requestId);
    if (!found.has(pid)) found.set(pid, { ...connection, pid });
  }
  return [...found.values()];
}

/** Starts a gateway of two workers. @param env further environment variables */
export async function startWorkers(answer: Answer, env: Record<string, string> = {}): Promise<Workers> {
  const upstream = await startScriptedUpstream(answer);
  onTestFinished(upstream.close);
  const gateway = await startProcess({
    SCENARIO_BASE_URL: upstream.url,
    SCENARIO_SDK_API_KEY: 'key',
    SCENARIO_SDK_API_SECRET: 'secret',
    WORKERS: '2',
    ...env,
  });
  const [first, second, ...others] = await connectToEach(gateway, Number(env['WORKERS'] ?? 2));
  if (!first || !second) throw new Error('not every worker answers');
  return { gateway, upstream, workers: [first, second, ...others] };
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
