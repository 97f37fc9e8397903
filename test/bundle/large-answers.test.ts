import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { codesOf } from '../support/front-door.ts';
import { type Answer, json, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { type GatewayProcess, startProcess } from './gateway-process.ts';

const MEBIBYTE = 1_048_576;
// What a container of 512 MiB lets Node choose.
const NODE_OPTIONS = `--max-old-space-size=256 --import=${import.meta.dirname}/longest-turn.ts`;
const MAX_TURN_MS = 200;
const URL_LENGTH = 600;
const AT_ONCE = 50;
const SLOW_READERS = 60;

const url = `https://cdn.example.com/${'u'.repeat(URL_LENGTH)}`;

/** Five pages of a hundred collections, each with a long signed URL. */
const fivePages: Answer = ({ query }) => {
  const page = Number(query.get('paginationToken') ?? 0);
  const collections = Array.from({ length: 100 }, (_, index) =>
    wireCollection({ id: `col_${page}_${index}`, thumbnail: { assetId: 'asset_1', url } }),
  );
  return json({ collections, ...(page < 4 ? { nextPaginationToken: String(page + 1) } : {}) });
};

/** Asks for the URL of 500 collections so many times. */
const repeated = (times: number): string => {
  const aliases = Array.from({ length: times }, (_, index) => `a${index}: url`);
  return `{ collections(first: 500) { nodes { thumbnail { ${aliases.join(' ')} } } } }`;
};

const TOO_LARGE = repeated(30);
const JUST_FITS = repeated(13);

async function open(): Promise<GatewayProcess> {
  const upstream = await startScriptedUpstream(fivePages);
  onTestFinished(() => upstream.close());
  const gateway = await startProcess({
    NODE_OPTIONS,
    SCENARIO_BASE_URL: upstream.url,
    SCENARIO_SDK_API_KEY: 'key',
    SCENARIO_SDK_API_SECRET: 'secret',
  });
  gateway.signal('SIGUSR2');
  return gateway;
}

/** Ends the gateway. @returns the processor time of its longest turn of the event loop, in milliseconds */
async function longestTurn(gateway: GatewayProcess): Promise<number> {
  gateway.signal('SIGTERM');
  const { stderr } = await gateway.ending;
  return Number(/longest turn: (\d+) ms/.exec(stderr)?.[1]);
}

/** The most memory that the process has held so far. */
function peakBytes({ pid }: GatewayProcess): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1_024;
}

/** Asks for the gateway's health until this is done. @returns the longest wait for it, in milliseconds */
async function longestHealthCheck(gateway: GatewayProcess, isDone: () => boolean): Promise<number> {
  let longestMs = 0;
  while (!isDone()) {
    const startedAt = performance.now();
    expect((await fetch(new URL('/livez', gateway.url))).status).toBe(200);
    longestMs = Math.max(longestMs, performance.now() - startedAt);
    await delay(20);
  }
  return longestMs;
}

/** Asks for a large answer, and takes nothing of it. */
function askWithoutReading(gateway: GatewayProcess): Socket {
  const body = JSON.stringify({ query: JUST_FITS });
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  socket.on('error', () => socket.destroy());
  socket.pause();
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  onTestFinished(() => void socket.destroy());
  return socket;
}

describe.runIf(process.platform === 'linux')('512 MiB suffice, and health is told meanwhile', () => {
  it(`for ${AT_ONCE} of the largest documents at once`, async () => {
    const gateway = await open();
    const seen: unknown[] = [];
    const asking = Array.from({ length: AT_ONCE }, async (_, index) => {
      const answer = await gateway.query(index % 2 ? TOO_LARGE : JUST_FITS);
      seen.push(codesOf(answer)[0] ?? answer.text.length > 3 * MEBIBYTE);
    });
    const longestMs = await longestHealthCheck(gateway, () => seen.length === AT_ONCE);
    await Promise.all(asking);
    expect(new Set(seen)).toEqual(new Set(['LIMIT_EXCEEDED', true]));
    expect(peakBytes(gateway)).toBeLessThan(512 * MEBIBYTE);
    expect(longestMs).toBeLessThan(15_000);
    expect(await longestTurn(gateway)).toBeLessThan(MAX_TURN_MS);
  }, 60_000);

  it(`for ${SLOW_READERS} callers who take nothing of a large answer: some are disconnected, others served`, async () => {
    const gateway = await open();
    for (let reader = 0; reader < SLOW_READERS; reader += 1) askWithoutReading(gateway);
    const answered = () => gateway.stdout().match(/"msg":"operation"/g)?.length ?? 0;
    const longestMs = await longestHealthCheck(gateway, () => answered() >= SLOW_READERS);
    expect((await gateway.query(JUST_FITS)).text.length).toBeGreaterThan(3 * MEBIBYTE);
    expect(gateway.stdout()).toMatch(/"bytes":\d+,"waitedMs":\d+,"msg":"too many answers wait to be taken/);
    expect(peakBytes(gateway)).toBeLessThan(512 * MEBIBYTE);
    expect(longestMs).toBeLessThan(15_000);
    expect(await longestTurn(gateway)).toBeLessThan(MAX_TURN_MS);
  }, 60_000);
});
