import { defineConfig } from 'vitest/config';

// What these say of time and memory holds only for a process that has a processor to itself.
const MEASURING = [
  'test/bundle/shutdown.test.ts',
  'test/faults/deadlines.test.ts',
  'test/faults/keep-alive.test.ts',
  'test/faults/lost-answers.test.ts',
  'test/faults/outage.test.ts',
  'test/faults/overload.test.ts',
  'test/faults/resources.test.ts',
  'test/faults/throttling.test.ts',
  'test/fuzz/heap.test.ts',
  'test/redis/find/shared-index.test.ts',
  'test/redis/pacing.test.ts',
  'test/scenario/find/bounds.test.ts',
  'test/server/auth/api-key-timing.test.ts',
  'test/server/front-door/hostile-documents.test.ts',
  'test/server/front-door/slow-clients.test.ts',
];

export default defineConfig({
  // Without these conditions vitest loads a second copy of graphql, and `instanceof GraphQLError` fails.
  ssr: { resolve: { conditions: ['node', 'import', 'module', 'default'] } },
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'side by side',
          include: ['test/**/*.test.ts'],
          exclude: MEASURING,
          // One more than the machine of CI has cores: most of them wait most of the time.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'one by one', include: MEASURING, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
