import type { Client } from 'undici';

interface IdleClient {
  readonly client: Client;
  /** On the monotonic clock. */
  readonly since: number;
}

/**
 * Clients of one socket each, for calls that are never repeated: such a call must not meet a socket that the server is
 * just closing, so it goes over one that was used within the last moments, or over a new one. The clock decides, since
 * the timers that close idle sockets may be late when the process stalls.
 */
export class FreshClients {
  readonly #create: () => Client;
  readonly #maxIdleMs: number;
  readonly #all = new Set<Client>();
  // In turn, so that under load none of them rests for long.
  readonly #idle: IdleClient[] = [];

  /** @param create makes a client that opens its socket with its first call */
  constructor(create: () => Client, maxIdleMs: number) {
    this.#create = create;
    this.#maxIdleMs = maxIdleMs;
  }

  take(): Client {
    for (let next = this.#idle.shift(); next; next = this.#idle.shift()) {
      if (performance.now() - next.since < this.#maxIdleMs) return next.client;
      this.#discard(next.client);
    }
    const client = this.#create();
    this.#all.add(client);
    return client;
  }

  /** @param isSound whether the call was answered, so that another may follow it */
  giveBack(client: Client, isSound: boolean): void {
    if (isSound) this.#idle.push({ client, since: performance.now() });
    else this.#discard(client);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((client) => client.destroy()));
  }

  #discard(client: Client): void {
    this.#all.delete(client);
    void client.destroy();
  }
}
