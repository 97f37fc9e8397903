import { hash, timingSafeEqual } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { DEFAULT_ACCOUNT } from '../../../src/shared/brands.ts';
import { openFrontDesk } from './front-desk.ts';

vi.mock(import('node:crypto'), async (importOriginal) => {
  const original = await importOriginal();
  return { ...original, timingSafeEqual: vi.fn<typeof timingSafeEqual>(original.timingSafeEqual) };
});

const KEYS = ['first', 'second', 'third'];

it('compares every key in constant time, whichever of them matches and whether any does', async () => {
  const account = DEFAULT_ACCOUNT;
  const keys = KEYS.map((key) => ({ name: key, sha256: hash('sha256', key), scopes: [], account }));
  const desk = await openFrontDesk({ mode: 'api-key', keys });
  for (const key of [...KEYS, 'none-of-them']) {
    vi.mocked(timingSafeEqual).mockClear();
    await desk.present(key);
    expect(timingSafeEqual).toHaveBeenCalledTimes(KEYS.length);
  }
});
