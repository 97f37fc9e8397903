import { CachedReads, type Elsewhere } from '../cache/cached-reads.ts';
import type { ReadKind } from '../cache/read-kind.ts';
import type { ReadMemory } from '../cache/read-memory.ts';
import type { KeptWatcher } from '../cache/timed-cache.ts';
import type { Call, CallScope, Send } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import type { Result } from '../shared/result.ts';

/** How an account reads from the upstream. */
export interface ReadWay {
  readonly send: Send;
  /** Keeps what was read for a time. */
  readonly memory: ReadMemory;
}

/** One kind of answers: how they are read from the wire, and how they are kept. */
export interface AnswerKind<Value> extends ReadKind<Value> {
  decode(body: unknown): Result<Value, Failure>;
}

/** Reads of one kind, for all requests together: equal ones in flight are one call, recent ones are kept. */
export class Reader<Value extends {}> {
  readonly #send: Send;
  readonly #reads: CachedReads<Value>;
  readonly #kind: AnswerKind<Value>;

  /** @param watcher is told of what is kept in memory */
  constructor(
    { send, memory }: ReadWay,
    kind: AnswerKind<Value>,
    watcher: KeptWatcher<NoInfer<Value>> | null = null,
  ) {
    this.#send = send;
    this.#reads = new CachedReads(memory, kind, watcher);
    this.#kind = kind;
  }

  /** @param elsewhere may hold it too */
  read(
    call: Call,
    scope: CallScope,
    elsewhere: Elsewhere<Value> | null = null,
  ): Promise<Result<Value, Failure>> {
    const key = call.body === undefined ? call.path : `${call.path} ${call.body}`;
    return this.#reads.read(key, scope, (shared) => this.readFresh(call, shared), elsewhere);
  }

  /** Reads from the upstream, whatever is in flight or was kept: it tells what became of a write. */
  readFresh(call: Call, scope: CallScope): Promise<Result<Value, Failure>> {
    return this.#send(call, scope).then((result) => (result.ok ? this.#kind.decode(result.body) : result));
  }
}
