import type { Worker } from 'node:cluster';
import { z } from 'zod';

/** Something that one side may ask of the other. */
export interface Topic<Question, Answer> {
  readonly name: string;
  readonly question: z.ZodType<Question>;
  readonly answer: z.ZodType<Answer>;
}

/** The other process could not be asked, did not answer in time, or could not do it. */
class LineError extends Error {
  override readonly name = 'LineError';
}

// Other parts of Node send messages of their own along the same way.
const envelope = z.discriminatedUnion('line', [
  z.object({ line: z.literal('ask'), id: z.number(), topic: z.string(), body: z.unknown() }),
  z.object({ line: z.literal('answer'), id: z.number(), body: z.unknown() }),
  z.object({ line: z.literal('failure'), id: z.number() }),
]);

type Envelope = z.output<typeof envelope>;

interface Waiting {
  resolve(body: unknown): void;
  reject(error: LineError): void;
}

// An answer takes well under a millisecond; only a process that hangs takes longer.
const ANSWER_TIMEOUT_MS = 1_000;

/** Questions and answers between the primary and one worker, both ways, each checked where it arrives. */
export class Line {
  readonly #end: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #servers = new Map<string, (body: unknown) => unknown>();
  #asked = 0;

  /** @param end the worker as the primary sees it, or the worker itself */
  constructor(end: Worker) {
    this.#end = end;
    end.on('message', (message) => this.#receive(message));
    end.on('disconnect', () => {
      for (const { reject } of this.#waiting.values()) reject(new LineError('the other process is gone'));
    });
  }

  /** Answers these questions from now on. A rejection becomes a failure at the other end, without its words. */
  serve<Question, Answer>(
    { name, question }: Topic<Question, Answer>,
    answer: (question: Question) => Answer | Promise<Answer>,
  ): void {
    this.#servers.set(name, (body) => answer(question.parse(body)));
  }

  /** @throws LineError when there is no answer in time */
  async ask<Question, Answer>(
    { name, answer }: Topic<Question, Answer>,
    question: Question,
    timeoutMs = ANSWER_TIMEOUT_MS,
  ): Promise<Answer> {
    this.#asked += 1;
    const id = this.#asked;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const timer = setTimeout(() => reject(new LineError(`no answer to ${name} in time`)), timeoutMs);
    this.#waiting.set(id, { resolve, reject });
    try {
      this.#send({ line: 'ask', id, topic: name, body: question });
      return answer.parse(await promise);
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  #receive(message: unknown): void {
    const parsed = envelope.safeParse(message);
    if (!parsed.success) return;
    const { data } = parsed;
    if (data.line === 'ask') void this.#answer(data.id, data.topic, data.body);
    else if (data.line === 'answer') this.#waiting.get(data.id)?.resolve(data.body);
    else this.#waiting.get(data.id)?.reject(new LineError('the other process could not do it'));
  }

  async #answer(id: number, topic: string, body: unknown): Promise<void> {
    try {
      const serve = this.#servers.get(topic);
      if (!serve) throw new LineError(`nobody answers ${topic}`);
      this.#send({ line: 'answer', id, body: await serve(body) });
    } catch {
      this.#send({ line: 'failure', id });
    }
  }

  #send(message: Envelope): void {
    this.#end.send(message, (error) => {
      if (error && message.line === 'ask') {
        this.#waiting.get(message.id)?.reject(new LineError('the other process is gone'));
      }
    });
  }
}
