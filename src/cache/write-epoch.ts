/**
 * Counts the writes that may have changed what the upstream gives. What was read in one generation is old in the
 * next.
 */
export interface WriteEpoch {
  /** Never the same again once it has passed. */
  current(): string | Promise<string>;
  /** Called when a write has ended, before it is answered. */
  advance(): void | Promise<void>;
}

/** Counts the writes of this process alone. */
export class LocalWriteEpoch implements WriteEpoch {
  #count = 0;

  current(): string {
    return String(this.#count);
  }

  advance(): void {
    this.#count += 1;
  }
}
