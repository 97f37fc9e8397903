import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fail, type Result, succeed } from '../../../shared/result.ts';
import { idOf } from './document-id.ts';
import { type Entry, readManifest } from './read-manifest.ts';

/** The files that hold trusted documents, as they are at one moment. */
export interface DocumentFiles {
  readonly paths: readonly string[];
  /** Another one as soon as a file is added, changed, replaced or taken away. */
  readonly stamp: string;
}

const DOCUMENT_FILE = /\.(json|graphql)$/;

/** Looks for the files. @param path a manifest, or a folder of manifests and `.graphql` files */
export async function findDocumentFiles(path: string): Promise<Result<DocumentFiles, readonly string[]>> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    const names = isFolder ? (await readdir(path)).filter((name) => DOCUMENT_FILE.test(name)).sort() : [];
    const paths = isFolder ? names.map((name) => join(path, name)) : [path];
    const stamps = await Promise.all(paths.map(stampOf));
    return succeed({ paths, stamp: stamps.join('\n') });
  } catch {
    return fail(['names a file or folder that cannot be read']);
  }
}

// A link that is set to another file, as Kubernetes does, changes the inode.
async function stampOf(path: string): Promise<string> {
  const { mtimeMs, size, ino } = await stat(path);
  return `${path}:${mtimeMs}:${size}:${ino}`;
}

/**
 * Reads all documents of the files.
 * @returns documents by id; or for each file that is wrong a phrase that says in what way, and quotes nothing of it
 */
export async function readDocumentFiles({
  paths,
}: DocumentFiles): Promise<Result<ReadonlyMap<string, string>, readonly string[]>> {
  const documents = new Map<string, string>();
  const problems: string[] = [];
  for (const path of paths) {
    const entries = await readDocumentFile(path);
    const added = entries.ok ? addAll(entries.value, documents) : entries;
    if (!added.ok) problems.push(`names a file, ${basename(path)}, that ${added.failure}`);
  }
  if (problems.length > 0) return fail(problems);
  return documents.size > 0 ? succeed(documents) : fail(['names no document at all']);
}

function addAll(entries: readonly Entry[], documents: Map<string, string>): Result<null, string> {
  for (const [id, text] of entries) {
    if ((documents.get(id) ?? text) !== text) return fail('gives another document for an id of before');
    documents.set(id, text);
  }
  return succeed(null);
}

async function readDocumentFile(path: string): Promise<Result<readonly Entry[], string>> {
  try {
    const text = await readFile(path, 'utf8');
    return path.endsWith('.graphql') ? succeed([[idOf(text), text]]) : readManifest(text);
  } catch {
    return fail('cannot be read');
  }
}
