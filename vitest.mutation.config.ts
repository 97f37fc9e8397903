import { defineConfig } from 'vitest/config';
import shared from './vitest.config.ts';

// For `npm run mutate`: each mutant is a run of its own, so the files of one run share a worker and what they import.
export default defineConfig({
  ...shared,
  test: { include: ['test/**/*.test.ts'], isolate: false, testTimeout: 4_000, hookTimeout: 30_000 },
});
