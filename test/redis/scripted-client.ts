import { Socket } from 'node:net';
import { type Command, Redis } from 'ioredis';
import { vi } from 'vitest';
import type { RedisConnection } from '../../src/redis/connect-redis.ts';
import { SharedRedis } from '../../src/redis/shared-redis.ts';
import { scriptOf } from '../support/fake-redis.ts';

/** A client without a network: what is sent waits for the test to answer it, at any time and in any order. */
export class ScriptedClient extends Redis {
  readonly sent: Command[] = [];
  reconnects = 0;

  constructor() {
    super({ lazyConnect: true });
    this.status = 'ready';
    this.stream = new Socket();
  }

  override sendCommand(command: Command): unknown {
    this.sent.push(command);
    return command.promise;
  }

  override disconnect(): void {
    this.reconnects += 1;
  }

  lose(): void {
    this.status = 'close';
    this.emit('close');
  }

  comeBack(): void {
    this.status = 'ready';
    this.emit('ready');
  }

  /** The script of a command that was sent, its first key and its arguments. */
  at(turn: number) {
    const { name, args } = this.#command(turn);
    return scriptOf([name, ...args.map(String)]);
  }

  /** Answers as the script should: the number of its call, and this behind it. */
  async answer(turn: number, ...rest: readonly unknown[]): Promise<void> {
    this.#command(turn).resolve([this.at(turn).call, ...rest]);
    await settle();
  }

  async refuse(turn: number, message = 'OOM no'): Promise<void> {
    this.#command(turn).reject(Object.assign(new Error(message), { name: 'ReplyError' }));
    await settle();
  }

  /** What is sent is given up. */
  async timeOut(turn: number): Promise<void> {
    this.#command(turn).reject(new Error('late'));
    await settle();
  }

  #command(turn: number): Command {
    const command = this.sent.at(turn);
    if (!command) throw new Error(`nothing was sent in turn ${turn}`);
    return command;
  }
}

/** Lets everything go on that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

/** A connection over a scripted client. */
export function openConnection() {
  const client = new ScriptedClient();
  const returned = vi.fn<() => void>();
  const connection: RedisConnection = { redis: new SharedRedis(client), returned };
  return { client, returned, connection, redis: connection.redis };
}
