import type { Dispatcher } from 'undici';

// Names are looked up when a connection is opened: an upstream that moves to other addresses is followed within this time.
const MAX_AGE_MS = 30_000;

/** A way to the upstream of at most one socket. Times are on the monotonic clock. */
export interface Connection {
  readonly dispatcher: Dispatcher;
  readonly openedAt: number;
  idleSince: number;
}

/** How the connections of one kind are used again. */
export interface Reuse {
  /**
   * How long one may rest between two calls. The clock decides, as the timers that close idle sockets may be late when
   * the process stalls.
   */
  readonly maxIdleMs: number;
  /** `in-turn` lets none rest for long; `latest-first` lets those of a burst rest, and so be closed. */
  readonly order: 'in-turn' | 'latest-first';
}

/**
 * The connections of one kind. Each belongs to the one call that it carries, so that it can be closed with everything
 * that is still to come over it: a request that waits for its socket, an answer that was meant for another call.
 */
export class Connections {
  readonly #open: () => Dispatcher;
  readonly #reuse: Reuse;
  readonly #all = new Set<Connection>();
  // By the time of their last use.
  readonly #idle: Connection[] = [];

  /** @param open makes a dispatcher that opens its socket with its first call */
  constructor(open: () => Dispatcher, reuse: Reuse) {
    this.#open = open;
    this.#reuse = reuse;
  }

  /** For one call, at whose end it has to be given back. */
  take(): Connection {
    const now = performance.now();
    this.#discardRested(now);
    for (let next = this.#next(); next; next = this.#next()) {
      if (now - next.openedAt < MAX_AGE_MS) return next;
      this.#discard(next);
    }
    const connection = { dispatcher: this.#open(), openedAt: now, idleSince: now };
    this.#all.add(connection);
    return connection;
  }

  /** @param isSound whether the call was answered to its end, so that another may follow it */
  giveBack(connection: Connection, isSound: boolean): void {
    if (!isSound) return this.#discard(connection);
    connection.idleSince = performance.now();
    this.#idle.push(connection);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map(({ dispatcher }) => dispatcher.destroy()));
  }

  #next(): Connection | undefined {
    return this.#reuse.order === 'in-turn' ? this.#idle.shift() : this.#idle.pop();
  }

  #discardRested(now: number): void {
    const { maxIdleMs } = this.#reuse;
    for (let [first] = this.#idle; first && now - first.idleSince >= maxIdleMs; [first] = this.#idle) {
      this.#idle.shift();
      this.#discard(first);
    }
  }

  #discard(connection: Connection): void {
    this.#all.delete(connection);
    void connection.dispatcher.destroy();
  }
}
