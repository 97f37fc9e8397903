import type { Cluster, Redis } from 'ioredis';
import { RedisFault } from './redis-fault.ts';

export type RedisClient = Redis | Cluster;

/**
 * Runs scripts on the Redis that replicas share. A script gets the number of its call as its first argument and gives it
 * back in front of its reply, so a reply that belongs to another command, or to none, is a failure and never an answer.
 */
export class SharedRedis {
  readonly client: RedisClient;
  #calls = 0;

  constructor(client: RedisClient) {
    this.client = client;
    // Each account listens.
    client.setMaxListeners(0);
  }

  get isConnected(): boolean {
    return this.client.status === 'ready';
  }

  /**
   * Calls back whenever a connection is lost: whoever answers from then on may know less than who did before. Of a cluster
   * the loss of any node counts, for nobody knows which one will take its place.
   */
  onLoss(listener: () => void): void {
    this.client.on('close', listener);
    this.client.on('-node', listener);
  }

  onConnected(listener: () => void): void {
    this.client.on('ready', listener);
  }

  close(): void {
    this.client.disconnect();
  }

  /**
   * @param script ends in `return {ARGV[1], …}`; its own arguments begin with `ARGV[2]`
   * @param keys all of them have the same hash tag, so that a cluster keeps them together
   * @returns what the script gave behind the number of its call
   * @throws when Redis is unreachable, refuses the script, or gives any other reply
   */
  async run(
    script: string,
    keys: readonly string[],
    ...args: readonly (string | number)[]
  ): Promise<readonly unknown[]> {
    this.#calls += 1;
    const call = String(this.#calls);
    const reply: unknown = await this.client.eval(script, keys.length, ...keys, call, ...args);
    if (Array.isArray(reply) && reply[0] === call) return reply.slice(1);
    // Who got the reply to another command would go on to get wrong ones.
    this.client.disconnect(true);
    throw new RedisFault('FOREIGN');
  }
}
