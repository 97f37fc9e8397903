import type { Command, Redis } from 'ioredis';
import { RedisFault } from './redis-fault.ts';
import { ReplyFrames } from './reply-frames.ts';

// A request is late for a dead Redis by one such wait, and a write by a little more.
const COMMAND_TIMEOUT_MS = 80;
// So long without a word and the connection counts as lost: commands fail at once then.
const SILENCE_MS = 250;

/**
 * Gives up on each command of this connection in time, and on the connection itself when it is silent, or says what
 * nobody asked for. A process that was busy meanwhile finds the answer behind its timers: what has arrived is read before
 * anything is given up, which ioredis' own timeouts do not wait for.
 */
export function superviseConnection(redis: Redis): void {
  const send = redis.sendCommand.bind(redis);
  let heardAt = 0;
  redis.on('connect', () =>
    guardReplies(redis, () => {
      heardAt = performance.now();
    }),
  );
  // Nothing happens to a command that is over.
  const giveUp = (command: Command, sentAt: number): void => {
    command.reject(new RedisFault('LATE'));
    const { stream } = redis;
    const checkSilence = (): void => {
      if (heardAt < sentAt) stream?.destroy(new RedisFault('SILENT'));
    };
    setTimeout(() => setImmediate(checkSilence), SILENCE_MS - COMMAND_TIMEOUT_MS).unref();
  };
  redis.sendCommand = (command, stream) => {
    const sent = send(command, stream);
    const sentAt = performance.now();
    const timer = setTimeout(() => setImmediate(() => giveUp(command, sentAt)), COMMAND_TIMEOUT_MS);
    const over = (): void => clearTimeout(timer);
    void command.promise.then(over, over);
    return sent;
  };
}

// ioredis takes whatever comes for the reply to its oldest command, and throws outside of any promise where there is none.
function guardReplies(redis: Redis, onHeard: () => void): void {
  const { stream } = redis;
  const frames = new ReplyFrames();
  const readers = stream.listeners('data');
  stream.removeAllListeners('data');
  stream.on('data', (chunk: Buffer) => {
    onHeard();
    if (!frames.areReplies(chunk, redis.commandQueue.length)) {
      stream.destroy(new RedisFault('UNASKED'));
      return;
    }
    for (const reader of readers) Reflect.apply(reader, stream, [chunk]);
  });
}
