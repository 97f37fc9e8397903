import { Pool } from 'undici';
import { createKinds, type Kind, type SoakRequest } from './requests.ts';

/** Requests of one kind so far. */
export interface Tally {
  readonly kind: string;
  sent: number;
  /** How many its client did not wait for. */
  left: number;
  /** Answers, by the first error code in them or `ok`. */
  readonly outcomes: Map<string, number>;
  /** What should not have been: no answer, a status that the kind has not, a mistake of the gateway. */
  readonly wrong: string[];
}

/** Who sends, and how much of the load is theirs. */
export interface Caller {
  readonly key: string;
  readonly share: number;
}

const TICK_MS = 50;
const CONNECTIONS = 24;
const MAX_IN_FLIGHT = 300;
const ANSWER_MS = 25_000;
const MAX_WRONG_KEPT = 5;

/** A load that never waits for answers: so many requests a second, of all kinds, until it is stopped. */
export class Load {
  readonly #pool: Pool;
  readonly #callers: readonly Caller[];
  readonly #lots: readonly Kind[];
  readonly #tallies: ReadonlyMap<string, Tally>;
  readonly #perMs: number;
  #timer: NodeJS.Timeout | null = null;
  #turn = 0;
  #owed = 0;
  #tickedAt = 0;
  #inFlight = 0;

  constructor(origin: string, callers: readonly Caller[], requestsPerSecond: number) {
    this.#pool = new Pool(origin, {
      connections: CONNECTIONS,
      headersTimeout: ANSWER_MS,
      bodyTimeout: ANSWER_MS,
    });
    this.#callers = callers;
    const kinds = createKinds();
    this.#lots = kinds.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
    this.#tallies = new Map(kinds.map(({ name }) => [name, emptyTally(name)]));
    this.#perMs = requestsPerSecond / 1_000;
  }

  get tallies(): readonly Tally[] {
    return [...this.#tallies.values()];
  }

  start(): void {
    this.#tickedAt = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** Sends no more; resolves when every answer is in and every connection closed. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#pool.close();
  }

  #tick(): void {
    const now = performance.now();
    this.#owed += (now - this.#tickedAt) * this.#perMs;
    this.#tickedAt = now;
    for (; this.#owed >= 1; this.#owed -= 1) {
      const kind = this.#lots[Math.floor(Math.random() * this.#lots.length)];
      if (kind && this.#inFlight < MAX_IN_FLIGHT) void this.#send(kind);
    }
  }

  async #send(kind: Kind): Promise<void> {
    const tally = this.#tallies.get(kind.name) ?? emptyTally(kind.name);
    this.#turn += 1;
    this.#inFlight += 1;
    tally.sent += 1;
    const request = kind.request(this.#turn);
    const leaving = request.leavesAfterMs === undefined ? null : AbortSignal.timeout(request.leavesAfterMs);
    try {
      const { status, text } = await this.#exchange(request, leaving);
      count(tally, kind, status, text);
      kind.learn?.(text);
    } catch (error) {
      if (leaving?.aborted) tally.left += 1;
      else note(tally, error instanceof Error ? error.message : String(error));
    } finally {
      this.#inFlight -= 1;
    }
  }

  async #exchange(
    { body, headers = {} }: SoakRequest,
    signal: AbortSignal | null,
  ): Promise<{ status: number; text: string }> {
    const authorization = `Bearer ${this.#drawCaller()}`;
    const { statusCode, body: answer } = await this.#pool.request({
      method: 'POST',
      path: '/graphql',
      body,
      headers: { 'content-type': 'application/json', authorization, ...headers },
      signal,
    });
    return { status: statusCode, text: await answer.text() };
  }

  #drawCaller(): string {
    let left = Math.random();
    return this.#callers.find(({ share }) => (left -= share) < 0)?.key ?? '';
  }
}

function count(tally: Tally, kind: Kind, status: number, text: string): void {
  // A connection that a client opened and left before it sent anything expires, which may meet its first request.
  const isUnused = status === 408 && text === '';
  const outcome = isUnused ? 'expired' : (/"code":"([A-Z_]+)"/.exec(text)?.[1] ?? 'ok');
  tally.outcomes.set(outcome, (tally.outcomes.get(outcome) ?? 0) + 1);
  if (!isUnused && !kind.statuses.includes(status)) note(tally, `status ${status}: ${text.slice(0, 200)}`);
  else if (outcome === 'INTERNAL_SERVER_ERROR') note(tally, text.slice(0, 200));
}

function note(tally: Tally, words: string): void {
  if (tally.wrong.length < MAX_WRONG_KEPT) tally.wrong.push(words);
}

function emptyTally(kind: string): Tally {
  return { kind, sent: 0, left: 0, outcomes: new Map(), wrong: [] };
}
