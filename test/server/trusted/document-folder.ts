import { hash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const READ = 'query Read { collection(id: "col_1") { name } }';
export const RENAME =
  'mutation Rename { updateCollection(input: { id: "col_1", name: "x" }) { __typename } }';

export const sha256 = (text: string) => hash('sha256', text);

/** A manifest as clients' compilers write it. @param prefix stands before each hash */
export function manifestOf(texts: readonly string[], prefix = ''): string {
  return JSON.stringify(Object.fromEntries(texts.map((text) => [prefix + sha256(text), text])));
}

/** A folder with these files, for as long as the test runs. @returns its path, and what writes a further file */
export async function folderWith(files: Readonly<Record<string, string>>) {
  const path = await mkdtemp(join(tmpdir(), 'trusted-documents-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  const write = (name: string, content: string) => writeFile(join(path, name), content);
  for (const [name, content] of Object.entries(files)) await write(name, content);
  return { path, file: (name: string) => join(path, name), write };
}
