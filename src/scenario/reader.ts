import { CachedReads, type Elsewhere } from '../cache/cached-reads.ts';
import type { ReadKind } from '../cache/read-kind.ts';
import type { ReadMemory } from '../cache/read-memory.ts';
import type { KeptWatcher } from '../cache/timed-cache.ts';
import type { Call, CallScope, Send } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import type { Result } from '../shared/result.ts';

/** Reads of one kind, for all requests together: equal ones in flight are one call, recent ones are kept. */
export class Reader<Value extends {}> {
  readonly #send: Send;
  readonly #reads: CachedReads<Value>;
  readonly #decode: (body: unknown) => Result<Value, Failure>;

  /** @param watcher is told of what is kept in memory */
  constructor(
    send: Send,
    memory: ReadMemory,
    kind: ReadKind<Value>,
    decode: (body: unknown) => Result<Value, Failure>,
    watcher: KeptWatcher<NoInfer<Value>> | null = null,
  ) {
    this.#send = send;
    this.#reads = new CachedReads(memory, kind, watcher);
    this.#decode = decode;
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

  /** Reads from the upstream, whatever is in flight or was kept. */
  readFresh(call: Call, scope: CallScope): Promise<Result<Value, Failure>> {
    return this.#send(call, scope).then((result) => (result.ok ? this.#decode(result.body) : result));
  }
}
