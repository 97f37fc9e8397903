import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findLeaks } from '../../support/canaries.ts';
import { everyCollection, openFrontDoor } from '../../support/front-door.ts';
import { json } from '../../support/scripted-upstream.ts';
import { ASKS_FOR_KEYS, bearing } from './keys.ts';
import { say } from './raw-socket.ts';

const MAX_LINE_BYTES = 1_500;
const FORGERY = '\\r\\n{\\"level\\":60,\\"msg\\":\\"forged\\"}\\u001b[2J\\u001b]0;x\\u0007';
const line = z.looseObject({ level: z.number(), time: z.number(), msg: z.string() });

/** Whether something in it could move a cursor, end a line or colour what follows. */
function hasControls(text: string): boolean {
  return Array.from(text).some((character) => character < ' ' || character === '\u007f');
}

/** What is wrong with log lines; empty when each is one valid, bounded line in plain characters. */
function faultsOf(lines: readonly string[]): string[] {
  return lines.filter((text) => {
    const isOneLine = text.endsWith('\n') && !hasControls(text.slice(0, -1));
    const parsed = line.parse(JSON.parse(text));
    return !isOneLine || text.length > MAX_LINE_BYTES || /forged/.test(parsed.msg) || parsed.level > 40;
  });
}

const post = (headers: string, body: string) =>
  `POST /graphql HTTP/1.1\r\nHost: g\r\nContent-Type: application/json\r\n${headers}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
const READ = '{"query":"{ collection(id: \\"col_1\\") { name } }"}';

const REQUESTS: ReadonlyArray<readonly [string, string]> = [
  ['a huge request id', post(`X-Request-Id: ${'x'.repeat(12_000)}\r\n`, READ)],
  ['a request id with JSON', post('X-Request-Id: "},{"msg":"forged"\r\n', READ)],
  ['two request ids', post('X-Request-Id: a\r\nX-Request-Id: b\r\n', READ)],
  ['a request id in another alphabet', post('X-Request-Id: \xe9\xff\r\n', READ)],
  ['a huge user agent', post(`User-Agent: ${'forged'.repeat(2_000)}\r\n`, READ)],
  [
    'a huge operation name',
    post('', `{"query":"query ${'N'.repeat(8_000)} { collection(id: \\"c\\") { id } }"}`),
  ],
  ['an operationName that forges', post('', `{"query":"{ __typename }","operationName":"${FORGERY}"}`)],
  [
    'a huge operationName',
    post('', `{"query":"{ __typename }","operationName":"${'forged'.repeat(10_000)}"}`),
  ],
  ['a document that forges', post('', `{"query":"{ __typename } #${FORGERY}"}`)],
  [
    'an id that forges',
    post('', `{"query":"{ collection(id: \\"${FORGERY.replaceAll('\\', '\\\\')}\\") { id } }"}`),
  ],
  [
    'a variable that forges',
    post(
      '',
      `{"query":"query ($n: Int!) { collections(first: $n) { nodes { id } } }","variables":{"n":"${FORGERY}"}}`,
    ),
  ],
  [
    'a huge variable',
    post(
      '',
      `{"query":"query ($n: Int!) { collections(first: $n) { nodes { id } } }","variables":{"n":"${'forged'.repeat(10_000)}"}}`,
    ),
  ],
  ['a parameter whose name forges', post('', `{"query":"{ __typename }","${FORGERY}":1}`)],
  ['broken JSON that forges', post('', `{"query":${FORGERY}`)],
  [
    'a target that forges',
    'GET /graphql?query=%7B__typename%7D%23%0d%0a%1b HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n',
  ],
  ['a huge alias', post('', `{"query":"{ ${'a'.repeat(7_000)}: collection(id: \\"..\\") { id } }"}`)],
];

describe.each(['true', 'false'])('with FAST_PATH=%s, the log has one valid, short line for', (FAST_PATH) => {
  it.each(REQUESTS)('%s', async (_what, bytes) => {
    const { gateway } = await openFrontDoor(everyCollection, { FAST_PATH });
    gateway.logLines.length = 0;
    const answer = await say(gateway.url, bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400)/);
    expect(faultsOf(gateway.logLines)).toEqual([]);
    expect(gateway.logLines.filter((text) => text.includes('"msg":"operation"'))).toHaveLength(1);
    // A header is where a forged line would end, and the next one begin.
    const [head = ''] = answer.split('\r\n\r\n');
    expect(head).not.toContain('forged');
    expect(hasControls(head.replaceAll('\r\n', ''))).toBe(false);
  });

  it('an upstream that forges', async () => {
    const reason = '\r\n{"level":60,"msg":"forged"}\u001b[2J'.repeat(2_000);
    for (const status of [400, 403, 404, 409, 422, 500]) {
      const { gateway, query } = await openFrontDoor(
        () => json({ reason, message: reason, [reason]: reason }, status),
        { FAST_PATH },
      );
      await query('{ collection(id: "col_1") { name } }');
      const answer = await query(
        'mutation { updateCollection(input: { id: "c", name: "x" }) { __typename ... on Error { message } } }',
      );
      expect(faultsOf(gateway.logLines)).toEqual([]);
      expect(answer.text.length).toBeLessThan(3_000);
      expect(answer.text).not.toContain('\\u001b');
    }
  });

  it('keys that are wrong, or right, and neither is in it', async () => {
    const { gateway, query } = await openFrontDoor(everyCollection, { ...ASKS_FOR_KEYS, FAST_PATH });
    const answers = [
      await query('{ __typename }', {}, bearing('secret-guess')),
      await query('{ __typename }', {}, bearing('full-key')),
      await query('{ __typename }', {}, bearing('g'.repeat(10_000))),
    ];
    const said = gateway.logLines.join('') + answers.map(({ text }) => text).join('');
    for (const secret of ['secret-guess', 'full-key', 'gggg', 'sha256']) expect(said).not.toContain(secret);
    expect([faultsOf(gateway.logLines), findLeaks(said)]).toEqual([[], []]);
  });
});

it('the title of the process is its own affair: nothing of the configuration is in it', async () => {
  const before = process.title;
  const { query } = await openFrontDoor(everyCollection, ASKS_FOR_KEYS);
  await query('{ __typename }', {}, bearing('full-key'));
  expect(process.title).toBe(before);
});
