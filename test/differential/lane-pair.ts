import { Agent, request as sendRequest } from 'node:http';
import { onTestFinished } from 'vitest';
import { dig } from '../support/dig.ts';
import { eventually } from '../support/eventually.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type Answer, type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { answerByFate } from './scripted-fates.ts';

/** A request as it goes to both gateways. */
export interface LaneRequest {
  readonly method: string;
  /** What stands behind `/graphql`. */
  readonly search: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

/** What one gateway made of it. */
export interface LaneAnswer {
  readonly status: number;
  /** As written but for the date, sorted: their order means nothing. */
  readonly headers: readonly string[];
  readonly body: string;
  /** What went to the upstream, in an order of its own. */
  readonly calls: readonly string[];
}

interface Lane {
  readonly gateway: TestGateway;
  readonly upstream: ScriptedUpstream;
}

/** Two gateways that differ in nothing but the fastPath lane. */
export interface LanePair {
  /** Sends it to both at the same time. @param requestId of its own for each request */
  send(request: LaneRequest, requestId: string): Promise<{ fastPath: LaneAnswer; yoga: LaneAnswer }>;
  /** The line that each operation left in each log, in an order of its own. */
  logs(): Promise<{ fastPath: readonly string[]; yoga: readonly string[] }>;
}

/**
 * Opens them for as long as the test runs.
 * @param env further environment of both
 * @param answer of the upstream of each
 */
export async function openLanePair(
  env: Record<string, string>,
  answer: Answer = answerByFate,
): Promise<LanePair> {
  const agent = new Agent({ keepAlive: true });
  const [fastPath, yoga] = [
    await openLane({ ...env, FAST_PATH: 'true' }, answer),
    await openLane({ ...env, FAST_PATH: 'false' }, answer),
  ];
  onTestFinished(async () => {
    agent.destroy();
    for (const { gateway, upstream } of [fastPath, yoga]) {
      await gateway.stop();
      await upstream.close();
    }
  });
  return {
    send: async (request, requestId) => {
      const [ofExpress, ofYoga] = await Promise.all([
        exchange(fastPath, request, requestId, agent),
        exchange(yoga, request, requestId, agent),
      ]);
      return { fastPath: ofExpress, yoga: ofYoga };
    },
    logs: async () => {
      // A line is written once the answer has left.
      await eventually('both logs are whole', () => linesOf(fastPath).length === linesOf(yoga).length);
      return { fastPath: linesOf(fastPath), yoga: linesOf(yoga) };
    },
  };
}

async function openLane(env: Record<string, string>, answer: Answer): Promise<Lane> {
  const upstream = await startScriptedUpstream(answer);
  return { upstream, gateway: await startGateway(upstream.url, env) };
}

async function exchange(
  lane: Lane,
  request: LaneRequest,
  requestId: string,
  agent: Agent,
): Promise<LaneAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<Omit<LaneAnswer, 'calls'>>();
  const headers = { ...request.headers, 'x-request-id': requestId };
  const sent = sendRequest(
    lane.gateway.url + request.search,
    { method: request.method, headers, agent },
    (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const body = Buffer.concat(chunks).toString('latin1');
        resolve({ status: answer.statusCode ?? 0, headers: withoutDate(answer.rawHeaders), body });
      });
    },
  );
  sent.on('error', reject);
  sent.end(request.body);
  const answer = await promise;
  const calls = lane.upstream.requests.splice(0);
  return {
    ...answer,
    calls: calls.map(({ method, target, body }) => `${method} ${target} ${body}`).toSorted(),
  };
}

function withoutDate(raw: readonly string[]): string[] {
  const lines: string[] = [];
  for (let index = 0; index < raw.length; index += 2) lines.push(`${raw[index]}: ${raw[index + 1]}`);
  return lines.filter((line) => !line.toLowerCase().startsWith('date:')).toSorted();
}

function linesOf({ gateway }: Lane): string[] {
  const events = gateway.logLines.map((line): unknown => JSON.parse(line));
  const operations = events.filter((event) => dig(event, 'msg') === 'operation');
  return operations.map((event) => JSON.stringify(event, withoutOwn)).toSorted();
}

// What is kept counts by call in one lane, by answer in the other.
const OWN_TO_EACH = new Set(['time', 'durationMs', 'cached']);

function withoutOwn(key: string, value: unknown): unknown {
  return OWN_TO_EACH.has(key) ? undefined : value;
}
