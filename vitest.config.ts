import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Without these conditions vitest loads a second copy of graphql, and `instanceof GraphQLError` fails.
  ssr: { resolve: { conditions: ['node', 'import', 'module', 'default'] } },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
