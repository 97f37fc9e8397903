import { type Command, Redis, type RedisOptions } from 'ioredis';

// A request is late for a dead Redis by one such wait, and a write by a little more.
const COMMAND_TIMEOUT_MS = 80;
// So long without a word and the connection counts as lost: commands fail at once then.
const SILENCE_MS = 250;

/**
 * A client that gives up on a command in time. A process that was busy meanwhile finds the answer behind its timers:
 * what has arrived is read before anything is given up, which ioredis' own timeouts do not wait for.
 */
export class TimedRedis extends Redis {
  #heardAt = 0;

  constructor(url: string, options: Omit<RedisOptions, 'replyMapping'>) {
    super(url, options);
    this.on('connect', () => {
      this.stream.on('data', () => {
        this.#heardAt = performance.now();
      });
    });
  }

  override sendCommand(command: Command, stream?: Parameters<Redis['sendCommand']>[1]): unknown {
    const sent = super.sendCommand(command, stream);
    const sentAt = performance.now();
    const timer = setTimeout(() => setImmediate(() => this.#giveUp(command, sentAt)), COMMAND_TIMEOUT_MS);
    const over = (): void => clearTimeout(timer);
    void command.promise.then(over, over);
    return sent;
  }

  // Nothing happens to a command that is over.
  #giveUp(command: Command, sentAt: number): void {
    command.reject(new Error('Redis did not answer in time'));
    const { stream } = this;
    const checkSilence = (): void => {
      if (this.#heardAt < sentAt) stream.destroy(new Error('Redis says nothing'));
    };
    setTimeout(() => setImmediate(checkSilence), SILENCE_MS - COMMAND_TIMEOUT_MS).unref();
  }
}
