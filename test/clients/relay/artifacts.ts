import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { ConcreteRequest, ReaderFragment } from 'relay-runtime';

const require = createRequire(import.meta.url);
const COMPILER = require.resolve('relay-compiler/cli.js');
const HERE = import.meta.dirname;
const SCHEMA = join(HERE, '../../../schema.graphql');

const MANIFEST = 'documents.json';
const CONFIG = {
  src: 'src',
  schema: 'schema.graphql',
  language: 'javascript',
  eagerEsModules: false,
  artifactDirectory: '__generated__',
};

const artifacts = new Map<string, ConcreteRequest & ReaderFragment>();

/**
 * Compiles the documents of files, named from this folder, against `schema.graphql`, so that what `graphql` tagged can be
 * used. @throws with the compiler's words when a document does not fit the schema or Relay's rules
 */
export async function compileDocuments(...sources: readonly string[]): Promise<void> {
  await compile(sources, CONFIG);
}

/** Compiles likewise, to documents that are sent by their ids. @returns the manifest of these documents */
export function compilePersisted(...sources: readonly string[]): Promise<string> {
  return compile(sources, { ...CONFIG, persistConfig: { file: MANIFEST, algorithm: 'SHA256' } });
}

// The compiler writes beside its sources and skips TypeScript in JavaScript mode: it gets a folder of its own.
async function compile(sources: readonly string[], config: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-'));
  const generated = join(folder, '__generated__');
  try {
    await Promise.all([mkdir(generated), mkdir(join(folder, 'src'))]);
    for (const source of sources)
      await copyFile(join(HERE, source), join(folder, 'src', `${basename(source, '.ts')}.js`));
    await writeFile(join(folder, 'relay.config.json'), JSON.stringify(config));
    await writeFile(join(folder, MANIFEST), '{}');
    await copyFile(SCHEMA, join(folder, 'schema.graphql'));
    const options = { cwd: folder };
    await promisify(execFile)(process.execPath, [COMPILER, '--noWatchman', 'relay.config.json'], options);
    const files = await readdir(generated);
    for (const file of files) artifacts.set(basename(file, '.graphql.js'), require(join(generated, file)));
    return await readFile(join(folder, MANIFEST), 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Stands in for Relay's transform at build time: finds the compiled artifact by the name in the document. */
export function graphql([document = '']: TemplateStringsArray): () => ConcreteRequest & ReaderFragment {
  const name = /\b(?:query|mutation|fragment) (\w+)/.exec(document)?.[1] ?? '';
  return () => {
    const artifact = artifacts.get(name);
    if (artifact === undefined)
      throw new Error(`No artifact is named "${name}": compile the documents first.`);
    return artifact;
  };
}
