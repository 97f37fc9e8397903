import * as fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { createLogger } from '../../src/boot/open-logger.ts';

const SECRET = 'canary "quoted" secret';
const PIECES = [
  '"',
  '\\',
  '\n',
  '\u0000',
  '\u001f',
  '\u007f',
  '\ud83d',
  '\ude00',
  '😀',
  '\u2028',
  'é',
  'name',
];

const text = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join('')),
  fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
  fc.string({ unit: 'binary', maxLength: 200 }),
);
const number = fc.oneof(fc.integer(), fc.double());
const textOrNull = fc.option(text);
const seldom = fc.option(number, { nil: undefined });
const fieldsOfAnOperation = fc.record({
  requestId: text,
  caller: text,
  account: textOrNull,
  operation: textOrNull,
  hash: textOrNull,
  status: number,
  clientDisconnected: fc.boolean(),
  durationMs: number,
  upstreamCalls: number,
  stale: seldom,
  errorCodes: fc.option(fc.array(text, { maxLength: 3 }), { nil: undefined }),
});

afterEach(() => {
  vi.useRealTimers();
});

function openLog(logLevel: 'trace' | 'info' | 'warn' | 'silent' = 'info') {
  const lines: string[] = [];
  const target = { write: (line: string) => void lines.push(line) };
  return { logger: createLogger({ logLevel, secrets: [SECRET] }, target), lines };
}

test('the line of an operation is what pino writes for its fields, to the byte', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_790_000_000_123 });
  const { logger, lines } = openLog();
  const bothWays = fc.property(fieldsOfAnOperation, (fields) => {
    logger.info(fields, 'operation');
    logger.operation(fields);
    const [pinos, ours] = lines.splice(0);
    expect(ours).toBe(pinos);
    expect(ours).toMatch(
      /^\{"level":30,"time":1790000000123,"pid":\d+,"hostname":"[^\n]*"msg":"operation"\}\n$/,
    );
  });
  fc.assert(bothWays, { seed: 20_260_101, numRuns: 3_000 });
});

test('it stands among the lines of pino in the order of the events, without secrets', () => {
  const { logger, lines } = openLog();
  logger.warn({}, 'before');
  logger.operation({ caller: `of ${SECRET}` });
  logger.error({}, 'after');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { msg: 'before' },
    { msg: 'operation', caller: 'of [redacted]' },
    { msg: 'after' },
  ]);
});

test.each([
  ['trace', 1],
  ['info', 1],
  ['warn', 0],
  ['silent', 0],
] as const)('with LOG_LEVEL=%s there are %i', (logLevel, count) => {
  const { logger, lines } = openLog(logLevel);
  logger.operation({ requestId: 'r' });
  expect(lines).toHaveLength(count);
});
