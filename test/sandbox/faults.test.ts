import { describe, expect, test } from 'vitest';
import type { FaultsInput } from '../../src/sandbox/faults.ts';
import { errorAnswer } from './reference-shapes.ts';
import { openSandbox } from './sandbox-client.ts';

type Action = NonNullable<FaultsInput['rules']>[number]['action'];
const rule = (action: Action): FaultsInput => ({ rules: [{ action }] });
const limited = (form: 'seconds' | 'date'): FaultsInput =>
  rule({ kind: 'status', status: 429, retryAfter: { form, seconds: 7 } });

describe('failing answers', () => {
  test.each([
    ['reason', { reason: 'Service Unavailable', name: 'ServiceUnavailable' }],
    ['message', { message: 'Service Unavailable' }],
    ['Message', { Message: 'Service Unavailable' }],
    ['error', { error: 'Service Unavailable' }],
    ['apiError', { apiError: 'Service Unavailable' }],
  ] as const)('can carry their text in %s', async (errorShape, body) => {
    const client = await openSandbox({ faults: { errorShape, ...rule({ kind: 'status', status: 503 }) } });
    expect(await client.call('GET', '/collections')).toMatchObject({ status: 503, body });
  });

  test('can be a page of HTML or empty, for the sandbox’s own refusals too', async () => {
    const client = await openSandbox({ faults: { errorShape: 'text/html' } });
    const html = await client.call('GET', '/collections/col_x');
    expect(html.status).toBe(404);
    expect(html.headers.get('content-type')).toBe('text/html');
    expect(html.text).toContain('<html>');
    await client.setFaults({ errorShape: 'empty' });
    expect(await client.call('GET', '/collections/col_x')).toMatchObject({ status: 404, text: '' });
  });

  test('take the shape that their rule names before the one for all', async () => {
    const client = await openSandbox();
    await client.setFaults({
      errorShape: 'error',
      ...rule({ kind: 'status', status: 500, errorShape: 'Message' }),
    });
    expect((await client.call('GET', '/collections')).body).toEqual({ Message: 'Internal Server Error' });
  });

  test.each([401, 403, 408, 409, 429, 500, 502, 503, 504])(
    'can be a %i in the live shape',
    async (status) => {
      const client = await openSandbox({ faults: rule({ kind: 'status', status }) });
      const answer = await client.call('GET', '/collections');
      expect(answer.status).toBe(status);
      errorAnswer.parse(answer.body);
      expect(answer.headers.has('retry-after')).toBe(false);
      expect(answer.headers.get('x-amzn-requestid')).toBeTruthy();
    },
  );

  test('can come from the gateway in front', async () => {
    const client = await openSandbox({ faults: rule({ kind: 'status', status: 403, from: 'gateway' }) });
    const answer = await client.call('GET', '/collections');
    expect(answer).toMatchObject({ status: 403, body: { message: 'Forbidden' } });
    expect(answer.headers.get('x-amzn-errortype')).toBe('ForbiddenException');
  });

  test('can ask to come back after seconds or at a date', async () => {
    const client = await openSandbox({ faults: limited('seconds') });
    expect((await client.call('GET', '/collections')).headers.get('retry-after')).toBe('7');
    await client.setFaults(limited('date'));
    const date = (await client.call('GET', '/collections')).headers.get('retry-after') ?? '';
    const waitMs = Date.parse(date) - Date.now();
    expect(date).toMatch(/ GMT$/);
    expect(waitMs).toBeGreaterThan(5000);
    expect(waitMs).toBeLessThanOrEqual(8000);
  });

  test('can be a plan’s ceiling in both forms', async () => {
    const client = await openSandbox({
      faults: rule({ kind: 'status', status: 429, planCeiling: 'action-limit' }),
    });
    const limit = await client.call('GET', '/collections');
    expect(errorAnswer.parse(limit.body).details).toHaveProperty('actionLimit');
    await client.setFaults(rule({ kind: 'status', status: 403, planCeiling: 'quota-exceeded' }));
    expect((await client.call('GET', '/collections')).text).toContain('QUOTA_EXCEEDED');
  });

  test('can hide that the write was carried out', async () => {
    const client = await openSandbox({ faults: rule({ kind: 'status', status: 502, applied: true }) });
    expect((await client.call('POST', '/collections', { body: { name: 'Hidden' } })).status).toBe(502);
    await client.setFaults({});
    expect((await client.list()).collections.map(({ name }) => name)).toEqual(['Hidden']);
  });
});

describe('rules', () => {
  const status = { kind: 'status', status: 503 } as const;

  test('hit as often as told, after those that they skip, one rule after the other', async () => {
    const client = await openSandbox({
      faults: {
        rules: [
          { skip: 1, times: 2, action: status },
          { times: 1, action: { kind: 'status', status: 429 } },
        ],
      },
    });
    const answers = [];
    for (let call = 0; call < 5; call += 1) answers.push((await client.call('GET', '/collections')).status);
    expect(answers).toEqual([429, 503, 503, 200, 200]);
  });

  test('can hit each n-th request', async () => {
    const client = await openSandbox({ faults: { rules: [{ every: 3, action: status }] } });
    const answers = [];
    for (let call = 0; call < 6; call += 1) answers.push((await client.call('GET', '/collections')).status);
    expect(answers).toEqual([503, 200, 200, 503, 200, 200]);
  });

  test.each([
    [{ method: 'GET' }, [503, 503, 200]],
    [{ path: '/collections/col_' }, [200, 503, 200]],
    [{ endpoint: 'GET /collections' }, [503, 200, 200]],
    [{ endpoint: 'POST /collections' }, [200, 200, 503]],
  ] as const)('matching %j leave other requests alone', async (match, expected) => {
    const client = await openSandbox();
    const { id } = await client.create();
    await client.setFaults({ rules: [{ match, action: status }] });
    const answers = [
      await client.call('GET', '/collections'),
      await client.call('GET', `/collections/${id}`),
      await client.call('POST', '/collections', { body: { name: 'x' } }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual(expected);
  });
});

describe('the control endpoint', () => {
  test('shows the switches, sets them and goes back to those of the start', async () => {
    const client = await openSandbox({ faults: { list: { shortBy: 1 } } });
    const atStart = (await client.call('GET', '/__faults')).body;
    expect(atStart).toMatchObject({ list: { endOfList: 'absent', shortBy: 1 }, rules: [] });
    const put = await client.call('PUT', '/__faults', { body: { latencyMs: 1 } });
    expect(put.body).toMatchObject({ latencyMs: 1, list: { shortBy: 0 } });
    expect((await client.call('PUT', '/__faults', { body: put.body })).body).toEqual(put.body);
    expect((await client.call('DELETE', '/__faults')).body).toEqual(atStart);
  });

  test('names every problem and leaves the switches as they are', async () => {
    const client = await openSandbox();
    const before = (await client.call('GET', '/__faults')).body;
    const body = { latencyMs: -1, list: { endOfList: 'never' }, rules: [{ action: { kind: 'explode' } }] };
    const refused = await client.call('PUT', '/__faults', { body });
    expect(refused.status).toBe(400);
    const { reason } = errorAnswer.parse(refused.body);
    for (const name of ['latencyMs', 'list.endOfList', 'rules.0.action']) expect(reason).toContain(name);
    expect((await client.call('GET', '/__faults')).body).toEqual(before);
  });

  test('stays reachable while everything below /v1 fails', async () => {
    const client = await openSandbox({ faults: rule({ kind: 'reset' }) });
    await expect(client.call('GET', '/collections')).rejects.toThrow('fetch failed');
    await client.setFaults({});
    expect((await client.call('GET', '/collections')).status).toBe(200);
  });
});
