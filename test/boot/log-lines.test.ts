import { describe, expect, test } from 'vitest';
import { createLogger } from '../../src/boot/open-logger.ts';
import { dig } from '../support/dig.ts';

const SECRET = 'canary "quoted" \\ sëcret';

/** A logger and the lines that it has written. */
function openLog(...secrets: string[]) {
  const lines: string[] = [];
  const logger = createLogger({ logLevel: 'trace', secrets }, { write: (line) => void lines.push(line) });
  return { logger, lines, last: (): unknown => JSON.parse(lines.at(-1) ?? '') };
}

/** An error as ioredis, undici and others make them: with what was sent in its fields. */
function foreignError(message: string, options?: ErrorOptions): Error {
  const sent = {
    command: { name: 'auth', args: ['canary'] },
    config: { headers: ['canary'] },
    input: 'canary',
  };
  return Object.assign(new Error(message, options), { code: 'ECODE', ...sent });
}

describe('of an error, the log holds name, code, message and stack', () => {
  test('and nothing else that it carries', () => {
    const { logger, lines, last } = openLog();
    logger.warn({ err: foreignError('refused') }, 'failed');
    expect(lines.join('')).not.toContain('canary');
    expect(last()).toMatchObject({
      msg: 'failed',
      err: {
        name: 'Error',
        code: 'ECODE',
        message: 'refused',
        stack: expect.stringMatching(/^Error: refused\n +at /),
      },
    });
    expect(Object.keys(Object(dig(last(), 'err')))).toEqual(['name', 'code', 'message', 'stack']);
  });

  test('of each cause of it, and of each part', () => {
    const { logger, lines, last } = openLog();
    const parts = new AggregateError([foreignError('first'), foreignError('second')], 'both');
    logger.error(
      { err: foreignError('outer', { cause: foreignError('inner', { cause: parts }) }) },
      'failed',
    );
    expect(lines.join('')).not.toContain('canary');
    expect(last()).toMatchObject({
      err: {
        message: 'outer',
        cause: {
          message: 'inner',
          cause: { name: 'AggregateError', errors: [{ message: 'first' }, { message: 'second' }] },
        },
      },
    });
  });

  test('of an error among data as well', () => {
    const { logger, lines, last } = openLog();
    logger.warn({ failure: { kind: 'lost', tries: [{ error: foreignError('refused') }] } }, 'failed');
    expect(lines.join('')).not.toContain('canary');
    expect(last()).toMatchObject({ failure: { kind: 'lost', tries: [{ error: { message: 'refused' } }] } });
  });

  test('also when it goes in circles, is as long as a book, or is no error at all', () => {
    const { logger, lines, last } = openLog();
    const round = foreignError('x'.repeat(1_000_000));
    round.cause = round;
    logger.error({ err: round }, 'failed');
    logger.error({ err: new AggregateError(Array.from({ length: 1_000 }, () => round)) }, 'failed');
    for (const line of lines) expect(line.length).toBeLessThan(200_000);
    for (const thrown of [
      undefined,
      null,
      'a text',
      7,
      Symbol('s'),
      { message: 'a thing', password: 'canary' },
    ]) {
      logger.error({ err: thrown, failure: thrown }, 'failed');
      expect(last()).toMatchObject({ msg: 'failed' });
    }
  });

  test('without what it repeats of what was sent or received', () => {
    const { logger, lines, last } = openLog();
    logger.warn(
      {
        err: new Error(
          "ERR unknown command 'SET', with args beginning with: 'scg:1' '{\"name\":\"canary\"}' ",
        ),
      },
      'failed',
    );
    expect(dig(last(), 'err', 'message')).toBe("ERR unknown command 'SET'");
    for (const text of [
      'canary',
      '{"a": canary}',
      `{"a": "b"}\n${'canary'.repeat(100)}`,
      '["canary" canary\n]',
    ]) {
      const err = thrownBy(() => JSON.parse(text));
      logger.warn({ err, failure: { cause: err } }, 'failed');
    }
    expect(lines.join('')).not.toContain('canary');
  });
});

describe('a secret is taken out of a line wherever it stands', () => {
  const forms: ReadonlyArray<readonly [string, string]> = [
    ['as it is', SECRET],
    ['in a text', `before${SECRET}after ${SECRET}`],
    ['in JSON', JSON.stringify({ SECRET })],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64 for URLs', Buffer.from(SECRET).toString('base64url')],
    ['in hex', Buffer.from(SECRET).toString('hex')],
    ['in a URL', `https://example.org/?a=${encodeURIComponent(SECRET)}`],
  ];

  test.each(forms)('%s', (_form, text) => {
    const { logger, lines, last } = openLog('', 'other', SECRET);
    const err = new Error(text, { cause: new AggregateError([new Error(text)], text) });
    logger.info({ text, list: [{ text }], err, failure: { text, err } }, `a message: ${text}`);
    expect(lines).toHaveLength(1);
    for (const [, form] of forms) expect(JSON.stringify(last())).not.toContain(form.slice(1, -1));
    expect(last()).toMatchObject({ level: 30, msg: expect.stringContaining('[redacted]') });
  });

  test('and the line stays JSON with its numbers and names, whatever the secret', () => {
    for (const secret of ['n', '1', '"', '\\', 'level', '":', 'true', '$&', '(', '\n']) {
      const { logger, lines, last } = openLog(secret);
      logger.info({ status: 111, ok: true, text: `${secret}\n` }, 'line');
      expect(last()).toMatchObject({ level: 30, status: 111, ok: true });
      expect(lines[0]).toMatch(/^[^\n]+\n$/);
      expect(String(dig(last(), 'text'))).not.toContain(secret);
    }
  });

  test('what holds none is written as it is', () => {
    const { logger, lines } = openLog(SECRET);
    logger.info({ durationMs: 1.5e-7, text: '\u2028é' }, 'line');
    expect(lines[0]).toContain('"durationMs":1.5e-7,"text":"\u2028é","msg":"line"}\n');
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
