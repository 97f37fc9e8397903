import { expect, onTestFinished, test } from 'vitest';
import { createAdminListener } from '../../src/telemetry/admin-listener.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';

async function openListener(render: () => Promise<string>): Promise<string> {
  const listener = createAdminListener(render);
  const { port } = await listener.listen(0, '127.0.0.1');
  onTestFinished(() => listener.close());
  return `http://127.0.0.1:${port}`;
}

test('Prometheus can scrape /metrics', async () => {
  const response = await fetch(`${await openListener(createMetrics().render)}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await response.text()).toContain('\ngateway_operations_in_flight 0\n');
});

test.each(['/', '/metrics/', '/graphql', '/livez', '/..%2fmetrics'])('nothing is at %s', async (path) => {
  const response = await fetch((await openListener(createMetrics().render)) + path);
  expect(response.status).toBe(404);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test('metrics can only be read', async () => {
  const response = await fetch(`${await openListener(createMetrics().render)}/metrics`, { method: 'POST' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET');
});

test('a failure says nothing of its cause', async () => {
  const url = await openListener(() => Promise.reject(new Error('canary')));
  const response = await fetch(`${url}/metrics`);
  expect(response.status).toBe(500);
  expect(await response.text()).toBe('The metrics could not be read.\n');
});

test('a port that is taken is an error', async () => {
  const url = await openListener(createMetrics().render);
  const second = createAdminListener(createMetrics().render);
  await expect(second.listen(Number(new URL(url).port), '127.0.0.1')).rejects.toThrow('EADDRINUSE');
});
