import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

import { findLeaks } from '../support/canaries.ts';
import { dig } from '../support/dig.ts';
import { eventually } from '../support/eventually.ts';
import { type GraphQLAnswer, startGateway, type TestGateway } from '../support/gateway.ts';
import { Ledger } from '../support/ledger.ts';
import { type Answer, type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { OPERATIONS, type OperationName, outcomeOf } from './operations.ts';

// The promise is 100 ms; the rest is for a machine that does other things at the same time.
export const GRACE_MS = 400;

/** What came back of one operation. */
export interface Told {
  readonly operation: OperationName;
  readonly requestId: string;
  /** `ok`, `null`, or a code. */
  readonly outcome: string;
  readonly answer: GraphQLAnswer;
  readonly tookMs: number;
}

/** A gateway before an upstream that keeps a ledger. */
export class FaultBench implements AsyncDisposable {
  readonly ledger: Ledger;
  readonly upstream: ScriptedUpstream;
  readonly gateway: TestGateway;
  readonly deadlineMs: number;
  readonly #answers: string[] = [];

  constructor(ledger: Ledger, upstream: ScriptedUpstream, gateway: TestGateway, deadlineMs: number) {
    this.ledger = ledger;
    this.upstream = upstream;
    this.gateway = gateway;
    this.deadlineMs = deadlineMs;
  }

  /** Asks for one operation. @param headers further headers of the request */
  async ask(operation: OperationName, headers: Record<string, string> = {}): Promise<Told> {
    const { requestId, answer, tookMs } = await this.query(OPERATIONS[operation].document, {}, headers);
    return { operation, requestId, answer, tookMs, outcome: outcomeOf(operation, answer) };
  }

  /** Sends any document, under a request id of its own. */
  async query(
    document: string,
    variables: object = {},
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ) {
    const requestId = randomUUID();
    const startedAt = performance.now();
    const init = { headers: { 'x-request-id': requestId, ...headers }, ...(signal ? { signal } : {}) };
    const answer = await this.gateway.query(document, variables, init);
    this.#answers.push(answer.text, JSON.stringify([...answer.headers]));
    return { requestId, answer, tookMs: performance.now() - startedAt };
  }

  /** Lets the upstream be healthy and checks that the gateway is, too. */
  async expectHealthy(withinMs = 1_000): Promise<void> {
    this.upstream.answer = this.ledger.serve;
    const startedAt = performance.now();
    const { answer } = await this.query('{ collection(id: "col_healthy") { scenarioId } }');
    assert.deepEqual(answer.body, { data: { collection: { scenarioId: 'col_healthy' } } });
    assert.ok(performance.now() - startedAt < withinMs, 'the next healthy request came late');
  }

  /** What was answered or logged although it may not be, each with the text in which it stood. */
  leaks(): string[] {
    const texts = [...this.#answers, ...this.gateway.logLines];
    return texts.flatMap((text) => findLeaks(text).map((leak) => `${leak} in ${text}`));
  }

  /** Checks that nothing that was answered or logged says more than it may, and that each request has its log line. */
  expectDiscretion(...requestIds: readonly string[]): void {
    assert.deepEqual(this.leaks(), []);
    for (const requestId of requestIds) assert.equal(this.#operationLines(requestId).length, 1);
  }

  /** How many attempts the log says that a request cost. */
  attemptsOf(requestId: string): unknown {
    return dig(this.operationLine(requestId), 'upstreamCalls');
  }

  /** The log line of an operation. */
  operationLine(requestId: string): unknown {
    return this.#operationLines(requestId)[0];
  }

  /** Checks that the upstream holds at most these many sockets, soon, and none after the end. */
  async expectSocketsAtRest(most = 2): Promise<void> {
    await eventually(`at most ${most} idle sockets`, () => this.upstream.sockets.size <= most);
    await this.gateway.stop();
    await eventually('no socket behind the end', () => this.upstream.sockets.size === 0);
  }

  /** Everything that has to hold behind every fault. */
  async expectAftermath(told: Told): Promise<void> {
    assert.ok(told.tookMs < this.deadlineMs + GRACE_MS, `answered after ${told.tookMs} ms`);
    expectTruth(told, this.ledger);
    await this.expectHealthy();
    this.expectDiscretion(told.requestId);
    await this.expectSocketsAtRest();
  }

  #operationLines(requestId: string): unknown[] {
    const lines = this.gateway.logLines.map((line): unknown => JSON.parse(line));
    return lines.filter((line) => dig(line, 'requestId') === requestId && dig(line, 'msg') === 'operation');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.upstream.close();
    await this.gateway.end();
  }
}

/** Opens a bench. @param script makes the upstream's script out of its ledger */
export async function openFaultBench(
  script: (ledger: Ledger) => Answer,
  env: Record<string, string> = {},
): Promise<FaultBench> {
  const ledger = new Ledger('col_1', 'col_healthy');
  const upstream = await startScriptedUpstream(script(ledger));
  const settings = { DEADLINE_MS: '2000', UPSTREAM_TIMEOUT_MS: '300', ...env };
  const gateway = await startGateway(upstream.url, settings);
  return new FaultBench(ledger, upstream, gateway, Number(settings.DEADLINE_MS));
}

/** Checks that what was told of a write is what the upstream's ledger says. */
function expectTruth({ operation, outcome, requestId }: Told, ledger: Ledger): void {
  const entries = ledger.entriesOf(requestId);
  const kinds = new Set(entries.map(({ kind }) => kind));
  // Setting the same name twice is one change; anything else that is applied twice is one too many.
  if (!kinds.has('update')) assert.ok(entries.length <= 1, 'applied twice');
  if (outcome === 'WRITE_OUTCOME_UNKNOWN') return;
  assert.equal(entries.length > 0, outcome === 'ok' && operation !== 'read', 'misreported');
}
