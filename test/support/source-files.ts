import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** One import of a source file. */
export interface Import {
  /** A path from the project's root for files of its own, a package's name otherwise. */
  readonly target: string;
  readonly isOwn: boolean;
  /** Loaded when it is needed, not along with the file. */
  readonly isLazy: boolean;
}

/** A TypeScript file, as text. */
export interface SourceFile {
  /** From the project's root: `src/http/client.ts`. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Without comments, texts, imports and re-exports. */
  readonly code: string;
}

const COMMENTS = /\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g;
const TEXTS = /'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
const STATIC_IMPORT = /^(?:import|export)\s+(?:[\w$*{},\s]+\sfrom\s+)?'([^']+)';/gm;
const LAZY_IMPORT = /\bimport\(\s*'([^']+)'/g;

/** Every TypeScript file below a folder of the project. */
export function readSources(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('__generated__'))
    .map((name) => readSource(join(folder, name)))
    .toSorted((a, b) => a.path.localeCompare(b.path));
}

function readSource(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const bare = text.replace(COMMENTS, '');
  return {
    path,
    lines: text.split('\n').length - 1,
    imports: [
      ...[...bare.matchAll(STATIC_IMPORT)].map(([, target = '']) => toImport(path, target, false)),
      ...[...bare.matchAll(LAZY_IMPORT)].map(([, target = '']) => toImport(path, target, true)),
    ],
    code: bare.replace(STATIC_IMPORT, '').replace(TEXTS, "''"),
  };
}

function toImport(path: string, target: string, isLazy: boolean): Import {
  const isOwn = target.startsWith('.');
  return { target: isOwn ? normalize(join(dirname(path), target)) : target, isOwn, isLazy };
}
