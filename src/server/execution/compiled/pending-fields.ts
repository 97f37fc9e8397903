/** A field below the root that was started. What it comes to is of no use once it is dropped. */
export interface WaitingField {
  isDropped: boolean;
}

/** Counts the fields that a root field still waits for. */
export class PendingFields {
  #count = 0;
  #resolve: (() => void) | null = null;

  begin(): void {
    this.#count += 1;
  }

  end(): void {
    this.#count -= 1;
    if (this.#count === 0) this.#resolve?.();
  }

  /** Drops what was started since: the object that it belongs to has become null. @param mark how many there were */
  dropSince(waiting: WaitingField[], mark: number): void {
    for (const field of waiting.splice(mark)) {
      field.isDropped = true;
      this.end();
    }
  }

  /** Gives a value once nothing is waited for any more. */
  whenDone<Value>(value: Value): Value | Promise<Value> {
    if (this.#count === 0) return value;
    return new Promise((resolve) => {
      this.#resolve = () => resolve(value);
    });
  }
}
