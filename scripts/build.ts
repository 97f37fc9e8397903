import { rm } from 'node:fs/promises';
import { rolldown } from 'rolldown';
import { writeGraphiqlAssets } from './graphiql-assets.ts';

const startedAt = performance.now();
await rm('dist', { recursive: true, force: true });
await Promise.all([bundle(), writeGraphiqlAssets('dist/graphiql')]);
console.log(`dist is built in ${Math.round(performance.now() - startedAt)} ms`);

async function bundle(): Promise<void> {
  const build = await rolldown({
    input: 'src/main.ts',
    platform: 'node',
    // Used in development alone, which runs from the sources.
    external: ['pino-pretty'],
  });
  await build.write({
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    minify: false,
    sourcemap: false,
  });
  await build.close();
}
