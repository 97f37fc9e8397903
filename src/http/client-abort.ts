/** The part of an abort signal that calls use; an `AbortSignal` has it too. */
export interface AbortListening {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Tells that nobody waits any more: the client disconnected, or has its answer. Two are made for each request, so it is far lighter than an AbortController. */
export class ClientAbort implements AbortListening {
  #aborted = false;
  // Nearly always none or one.
  #listeners: Array<() => void> = [];

  get aborted(): boolean {
    return this.#aborted;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.push(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    // Nearly always the one that came last.
    if (this.#listeners.at(-1) === listener) this.#listeners.pop();
    else this.#listeners = this.#listeners.filter((other) => other !== listener);
  }

  /** Tells every listener, once. */
  abort(): void {
    this.#aborted = true;
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }
}
