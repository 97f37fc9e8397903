import { Pool } from 'undici';
import { describe, expect, it } from 'vitest';
import { collectGarbage } from '../support/collect-garbage.ts';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';

const DOCUMENTS = 1_500;
const CONNECTIONS = 8;
const MAX_BYTES_EACH = 8_192;
// 1,500 parsed documents of this size, all kept, would take over a gigabyte.
const MAX_GROWTH_BYTES = 24 * 1_048_576;

/** Documents as large as the limits allow, no two alike. */
const FORMS: ReadonlyArray<readonly [string, (index: number) => string]> = [
  [
    'valid and all tokens',
    (index) => `query Q${index} { collection(id: "c${index}") { ${'id name '.repeat(24)} } }`,
  ],
  [
    'invalid',
    (index) => `query Q${index} { ${Array.from({ length: 900 }, (_, field) => `x${field}y`).join(' ')} }`,
  ],
  ['cut off', (index) => `query Q${index} { collection(id: "c") { ${'id '.repeat(900)}`],
  ['mostly a comment', (index) => `query Q${index} { __typename } #`.padEnd(MAX_BYTES_EACH, 'x')],
  ['too large by far', (index) => `query Q${index} { __typename } #`.padEnd(50_000, 'x')],
];

describe.each(['true', 'false'])('with FAST_PATH=%s', (FAST_PATH) => {
  it(`${DOCUMENTS} documents, large and all different, leave the heap as it was`, async () => {
    const { gateway, upstream } = await openFrontDoor(everyCollection, { FAST_PATH });
    const pool = new Pool(new URL(gateway.url).origin, { connections: CONNECTIONS });
    const send = async (index: number): Promise<void> => {
      const form = FORMS[index % FORMS.length]?.[1](index) ?? '';
      const body = JSON.stringify({ query: form });
      const headers = { 'content-type': 'application/json' };
      const answer = await pool.request({ method: 'POST', path: '/graphql', headers, body });
      await answer.body.dump();
    };
    const sendAll = async (from: number, to: number): Promise<number> => {
      await Promise.all(Array.from({ length: to - from }, (_, offset) => send(from + offset)));
      gateway.logLines.length = 0;
      upstream.requests.length = 0;
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const before = await sendAll(0, 50);
    const after = await sendAll(50, 50 + DOCUMENTS);
    const later = await sendAll(50 + DOCUMENTS, 50 + 2 * DOCUMENTS);
    await pool.close();
    expect(after - before).toBeLessThan(MAX_GROWTH_BYTES);
    // What is remembered of documents is full by now.
    expect(later - after).toBeLessThan(MAX_GROWTH_BYTES / 4);
  });
});
