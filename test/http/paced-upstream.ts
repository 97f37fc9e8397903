import { vi } from 'vitest';
import type { Call, CallResult, Send } from '../../src/http/call.ts';
import { ClientAbort } from '../../src/http/client-abort.ts';
import type { Pacing, Priority } from '../../src/http/pacing/pacing.ts';
import { withPacing } from '../../src/http/with-pacing.ts';
import { READ, scopeOf } from './calls.ts';
import { ANSWERED, OpenCalls } from './open-calls.ts';

/** What is asked for: its own call, unless two have the same name, by a caller of its own unless one is named. */
interface Asked {
  readonly caller?: string;
  readonly priority?: Priority;
  readonly deadlineMs?: number;
  readonly signal?: ClientAbort;
}

/** Calls that are paced on a clock that tests set. Each stays open until the test ends it. */
export class PacedUpstream {
  readonly calls = new OpenCalls();
  /** Calls that waited, and calls that were refused. */
  readonly counts = { waited: 0, refused: 0 };
  readonly #send: Send;

  constructor(pacing: Pacing, wrap: (send: Send) => Send = (send) => send) {
    this.#send = wrap(withPacing(this.calls.send, pacing, this.counts));
  }

  /** The calls that went out, by name. */
  get sent(): string[] {
    return this.calls.sent.map(({ call }) => call.path);
  }

  ask(path: string, asked: Asked = {}): Promise<CallResult> {
    const { caller = path, priority = 'read', deadlineMs = 10_000, signal = new ClientAbort() } = asked;
    const call: Call = { ...READ, path };
    return this.#send(call, { ...scopeOf(deadlineMs, signal), caller, priority });
  }

  /** How long it is told to wait; 0 when it goes out now or later. */
  async refusalOf(path: string, asked: Asked = {}): Promise<number> {
    let waitMs = 0;
    void this.ask(path, asked).then((result) => {
      const isRefused = !result.ok && result.failure.kind === 'paced';
      if (isRefused) waitMs = result.failure.retryAfterMs;
      return isRefused;
    });
    await passes(0);
    return waitMs;
  }

  /** Sends these at once, and ends each. */
  async spend(...paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const answered = this.ask(path);
      await passes(0);
      this.calls.end(ANSWERED);
      await answered;
    }
  }
}

/** Lets so much time pass. */
export async function passes(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}
