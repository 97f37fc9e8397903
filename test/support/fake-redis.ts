import { createServer, type Socket } from 'node:net';
import { listenLocally } from './listen-locally.ts';

/** What a reply becomes on its way, in RESP. @param command its words, the script first after `eval` */
type Spoil = (honest: string, command: readonly string[]) => string;

/** Does what the gateway's scripts would do in Redis, and can be made to answer anything else. */
export interface FakeRedis {
  readonly url: string;
  /** Values by key. */
  readonly values: Map<string, string>;
  /** Connections that were made so far. */
  connections: number;
  spoil: Spoil;
  /** Sends these bytes to everybody, whom nothing was asked by. */
  say(bytes: string): void;
}

// How long a value is said to be kept.
const LIFETIME_MS = 60_000;

export const honest: Spoil = (reply) => reply;

/** RESP of a text, a number, nothing, or a list of these. */
export function resp(value: string | number | null | readonly (string | number | null)[]): string {
  if (value === null) return '$-1\r\n';
  if (typeof value === 'number') return `:${value}\r\n`;
  if (typeof value === 'string') return `$${Buffer.byteLength(value)}\r\n${value}\r\n`;
  return `*${value.length}\r\n${value.map((each) => resp(each)).join('')}`;
}

/** Starts it on any free port of the loopback, for as long as the test runs. */
export async function startFakeRedis(): Promise<FakeRedis> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    redis.connections += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    readCommands(socket, (command) => {
      if (!socket.destroyed) socket.write(redis.spoil(answerTo(command, redis.values), command));
    });
  });
  const port = await listenLocally(server, sockets);
  const redis: FakeRedis = {
    url: `redis://127.0.0.1:${port}`,
    values: new Map(),
    connections: 0,
    spoil: honest,
    say: (bytes) => {
      for (const socket of sockets) socket.write(bytes);
    },
  };
  return redis;
}

// Clients send nothing but lists of texts.
function readCommands(socket: Socket, take: (command: readonly string[]) => void): void {
  let received = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    received += chunk;
    for (let words = takeCommand(received); words; words = takeCommand(received)) {
      received = received.slice(words.length);
      take(words.command);
    }
  });
}

function takeCommand(text: string): { command: string[]; length: number } | null {
  const count = /^\*(\d+)\r\n/.exec(text);
  if (!count) return null;
  let at = count[0].length;
  const command: string[] = [];
  while (command.length < Number(count[1])) {
    const head = /^\$(\d+)\r\n/.exec(text.slice(at, at + 20));
    const length = Number(head?.[1]);
    if (!head || text.length < at + head[0].length + length + 2) return null;
    at += head[0].length;
    command.push(text.slice(at, at + length));
    at += length + 2;
  }
  return { command, length: at };
}

function answerTo([name = '', ...words]: readonly string[], values: Map<string, string>): string {
  if (/^hello$/i.test(name)) return '%1\r\n+proto\r\n:3\r\n';
  if (/^info$/i.test(name)) return resp('loading:0\r\n');
  if (!/^eval$/i.test(name)) return '+OK\r\n';
  const { script, key, call, args } = scriptOf(['eval', ...words]);
  const stores = script.includes("'SET'") && (!script.includes("'NX'") || !values.has(key));
  if (script.includes("'DEL'") && !script.includes("'SET'")) values.delete(key);
  if (stores) values.set(key, key.startsWith('scg:epoch') ? `${args[0]} 0` : (args[0] ?? ''));
  if (script.includes("'taken'")) return resp([call, stores ? (args[0] ?? '') : 'taken']);
  if (script.includes("'GETRANGE'")) return resp([call, LIFETIME_MS, values.get(key) ?? '']);
  if (!script.includes("redis.call('GET'")) return resp([call]);
  return resp([call, values.get(key) ?? null, key.startsWith('scg:epoch') ? Date.now() : LIFETIME_MS]);
}

/** Takes an `eval` apart: the first of its keys, the number of its call, and what comes after that. */
export function scriptOf([, script = '', keyCount = '1', ...words]: readonly string[]) {
  const [call = '', ...args] = words.slice(Number(keyCount));
  return { script, key: words[0] ?? '', call, args };
}
