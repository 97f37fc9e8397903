import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSources, type SourceFile } from './support/source-files.ts';

const sources = readSources('src');
const tests = readSources('test');

/** What each folder may import of the others; `app.ts` and `main.ts` put everything together. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  http: ['shared'],
  cache: ['http', 'shared'],
  scenario: ['cache', 'http', 'shared'],
  redis: ['scenario', 'cache', 'http', 'shared'],
  schema: ['scenario', 'shared'],
  server: ['schema', 'scenario', 'cache', 'http', 'shared'],
  config: ['server', 'http', 'shared'],
  // Watches the server from outside; only those who open it know it.
  telemetry: ['server', 'http', 'shared'],
  boot: [
    'sandbox',
    'telemetry',
    'config',
    'server',
    'redis',
    'schema',
    'scenario',
    'cache',
    'http',
    'shared',
  ],
  sandbox: [],
};

/** What each folder below `server` may import of the others; the files beside them may import all. */
const ALLOWED_IN_SERVER: Readonly<Record<string, readonly string[]>> = {
  edge: [],
  auth: ['edge'],
  request: ['auth', 'edge'],
  limits: ['request', 'auth', 'edge'],
  documents: ['execution', 'limits', 'request', 'auth', 'edge'],
  execution: ['limits', 'request', 'auth', 'edge'],
  answers: ['limits', 'request', 'auth', 'edge'],
};

const GRAPHQL = /^(graphql|graphql-yoga|@pothos\/.*|@graphql-.*)$/;
const HTTP = /^(undici|node:(http|https|http2|net|tls))$/;

const isBesideFolders = (path: string) => path.split('/').length === 2;

/** The folder below `src/server`, or the whole path where the file stands beside those. */
const partOf = (path: string) => (path.split('/').length > 3 ? (path.split('/')[2] ?? '') : path);

/** The folder below `src`, or the file's own name where it stands beside the folders. */
const layerOf = (path: string) => path.split('/')[1] ?? '';

function describeImports(
  files: readonly SourceFile[],
  isForbidden: (file: SourceFile, imported: SourceFile['imports'][number]) => boolean,
): string[] {
  return files.flatMap((file) =>
    file.imports
      .filter((imported) => isForbidden(file, imported))
      .map(({ target }) => `${file.path} imports ${target}`),
  );
}

describe('imports go one way', () => {
  test('each folder imports only what lies below it', () => {
    const inFolders = sources.filter(({ path }) => !isBesideFolders(path));
    expect(
      describeImports(inFolders, ({ path }, { isOwn, target }) => {
        const [from, to] = [layerOf(path), layerOf(target)];
        return isOwn && from !== to && !ALLOWED[from]?.includes(to);
      }),
    ).toEqual([]);
  });

  test('each folder of the server imports only what lies below it', () => {
    const inServer = sources.filter(
      ({ path }) => path.startsWith('src/server/') && path.split('/').length > 3,
    );
    expect(
      describeImports(inServer, ({ path }, { isOwn, target }) => {
        if (!isOwn || layerOf(target) !== 'server') return false;
        const [from, to] = [partOf(path), partOf(target)];
        return from !== to && !ALLOWED_IN_SERVER[from]?.includes(to);
      }),
    ).toEqual([]);
  });

  test('every folder is known', () => {
    const folders = sources.map(({ path }) => layerOf(path)).filter((layer) => !layer.endsWith('.ts'));
    expect([...new Set(folders)].filter((folder) => !(folder in ALLOWED))).toEqual([]);
  });

  test('nothing is imported in a circle', () => {
    expect(findCycles(sources)).toEqual([]);
  });

  test('source files import no test', () => {
    expect(
      describeImports(sources, (_file, { isOwn, target }) => isOwn && !target.startsWith('src/')),
    ).toEqual([]);
  });
});

/** The files of these folders. */
const within = (...layers: readonly string[]) => sources.filter(({ path }) => layers.includes(layerOf(path)));

describe('each part keeps to its trade', () => {
  test('the upstream client and the domain know no GraphQL', () => {
    const files = within('shared', 'http', 'scenario', 'redis', 'sandbox');
    expect(describeImports(files, (_file, { target }) => GRAPHQL.test(target))).toEqual([]);
  });

  test('the schema knows no HTTP', () => {
    const files = within('shared', 'scenario', 'schema');
    expect(describeImports(files, (_file, { target }) => HTTP.test(target))).toEqual([]);
  });

  test('what is shared does no I/O', () => {
    expect(describeImports(within('shared'), (_file, { isOwn }) => !isOwn)).toEqual([]);
  });

  test('the sandbox is loaded only when it is asked for, and only by a file that puts things together', () => {
    const outside = sources.filter(({ path }) => layerOf(path) !== 'sandbox');
    expect(
      describeImports(outside, ({ path }, { target, isLazy }) => {
        const mayStartIt = isLazy && (isBesideFolders(path) || layerOf(path) === 'boot');
        return target.startsWith('src/sandbox/') && !mayStartIt;
      }),
    ).toEqual([]);
  });

  test('only main.ts touches the process', () => {
    const touching = sources.filter(
      ({ code, imports }) =>
        /(?<![.\w])process\s*[.[?]/.test(code) || imports.some(({ target }) => target === 'node:process'),
    );
    expect(touching.map(({ path }) => path)).toEqual(['src/main.ts']);
  });

  test('nobody below app.ts sees the whole configuration', () => {
    expect(
      describeImports(
        sources.filter(({ path }) => !isBesideFolders(path) && !['boot', 'config'].includes(layerOf(path))),
        (_file, { target }) => target === 'src/config/config.ts',
      ),
    ).toEqual([]);
  });
});

describe('files are small and plain', () => {
  const both = [...sources, ...tests];
  const matching = (pattern: RegExp, files = both) =>
    files.filter(({ code }) => pattern.test(code)).map(({ path }) => path);

  test('none has more than 250 lines, and half of the sources have 60 at most', () => {
    expect(both.filter(({ lines }) => lines > 250).map(({ path }) => path)).toEqual([]);
    const sizes = sources.map(({ lines }) => lines).toSorted((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(60);
  });

  test('none is named for nothing, and names are in kebab case', () => {
    const names = both.map(({ path }) => basename(path));
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.ts$/.test(name))).toEqual([]);
    expect(names.filter((name) => /\b(utils?|helpers?|managers?|misc|common)\b/.test(name))).toEqual([]);
  });

  test('none has a default export', () => {
    expect(matching(/^export default\b|\bas default\b/m)).toEqual([]);
  });

  test('none says any', () => {
    expect(matching(/(?<=[:<,|&(=]\s*)any\b(?!\s*[(:.])/)).toEqual([]);
  });

  test('none casts, but to const', () => {
    expect(matching(/\bas\s+(?!const\b)[A-Za-z{([]/)).toEqual([]);
  });
});

/** Each circle of imports that is reached, as the path that closes it. */
function findCycles(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (trail.includes(path) || done.has(path)) return;
    for (const { target, isOwn } of byPath.get(path)?.imports ?? []) {
      if (isOwn) visit(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return cycles;
}
