import type { Cluster, Redis } from 'ioredis';

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
  }

  get isConnected(): boolean {
    return this.client.status === 'ready';
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
    throw new Error('Redis gave a reply that does not belong to the command');
  }
}

/** Whether Redis itself refused a command, so that it was not carried out. */
export function isErrorReply(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}

/**
 * What may be logged of an error: its code (`ECONNREFUSED`), or the first word of what Redis replied (`OOM`). The rest of
 * it may hold passwords, names and ids: errors carry the arguments of their commands, and some replies repeat them.
 */
export function reasonOf(error: unknown): string {
  if (isErrorReply(error)) return /^[A-Z]+/.exec(error.message)?.[0] ?? 'ERR';
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : 'unknown';
}
