import { expect, test } from 'vitest';
import { WalkForecast } from '../../../src/cache/index/walk-forecast.ts';
import { fail, succeed } from '../../../src/shared/result.ts';
import { scopeOf } from '../../http/calls.ts';
import { DOWN, fakeClocks, pass } from './open-index.ts';

fakeClocks();

test('a walk that ends sooner than was expected is answered as it ends', async () => {
  const forecast = new WalkForecast();
  forecast.expect(0, 5_000);
  expect(await forecast.wait(Promise.resolve(succeed('rows')), scopeOf())).toEqual(succeed('rows'));
  expect(await forecast.wait(Promise.resolve(fail(DOWN)), scopeOf())).toEqual(fail(DOWN));
});

test('who cannot wait as long as is expected is told when to come back', async () => {
  const forecast = new WalkForecast();
  forecast.expect(0, 5_000);
  const waiting = forecast.wait(new Promise(() => {}), scopeOf(2_000));
  await pass(2_000);
  expect(await waiting).toEqual(fail({ kind: 'paced', retryAfterMs: 3_000 }));
});
