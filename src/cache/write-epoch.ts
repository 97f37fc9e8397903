/** A span between two writes: what was read in it is invalidated by the next write. */
export interface Epoch {
  /** Never the same again once the epoch has passed. */
  readonly name: string;
  /** Whether what is read now may be kept: not while a write whose outcome is unknown may still arrive upstream. */
  readonly isSettled: boolean;
}

/** Counts the writes that may have changed what the upstream gives. */
export interface WriteEpoch {
  current(): Epoch | Promise<Epoch>;
  /**
   * Begins a new epoch: called when a write has ended, before it is answered.
   * @param isSettled whether nothing of the write can arrive upstream later: `false` when its outcome is unknown
   */
  advance(isSettled: boolean): void | Promise<void>;
}

/** Counts the writes of this process alone. */
export class LocalWriteEpoch implements WriteEpoch {
  readonly #unsettledMs: number;
  #count = 0;
  #settlesAt = 0;

  /** @param unsettledMs how long after its end a write whose outcome is unknown may still arrive */
  constructor(unsettledMs: number) {
    this.#unsettledMs = unsettledMs;
  }

  current(): Epoch {
    return { name: String(this.#count), isSettled: performance.now() >= this.#settlesAt };
  }

  advance(isSettled: boolean): void {
    if (!isSettled) this.#settlesAt = performance.now() + this.#unsettledMs;
    this.#count += 1;
  }
}
