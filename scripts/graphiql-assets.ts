import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import {
  css,
  editorWorkerService,
  graphqlWorker,
  js,
  jsonWorker,
} from '@graphql-yoga/render-graphiql/graphiql';

const TABS_FOLDER = new URL('./graphiql-tabs/', import.meta.url);
const TITLE = 'Scenario Collections';

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32" fill="none">
<rect x="9" y="3" width="20" height="20" rx="5" fill="#c4b5fd"/>
<rect x="6" y="6" width="20" height="20" rx="5" fill="#8b5cf6"/>
<rect x="3" y="9" width="20" height="20" rx="5" fill="#5b21b6"/>
<path d="m6.500 25 5-7.500 3.500 4.500 2-2.500 3 5.500z" fill="#fff"/><circle cx="17.500" cy="14.500" r="2" fill="#fff"/>
</svg>`;

/** After a reload GraphiQL adds one more tab unless it is told the operation of the tab that was open. */
const REOPEN_TAB = `function reopenTab() {
  const linked = new URLSearchParams(location.search);
  const initialQuery = linked.get('query');
  if (initialQuery !== null) return { initialQuery, initialVariables: linked.get('variables') ?? '' };
  try {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState'));
    const { query, variables } = tabs[activeTabIndex];
    return { initialQuery: query, initialVariables: variables };
  } catch {
    return {};
  }
}`;

/**
 * The title stays in one line. And a pressed tab keeps its place: GraphiQL applies a transform left over from its first
 * layout on press, which moves the tab from under the pointer, so that the first click on it is lost.
 */
const EXTRA_STYLE = '.graphiql-logo { white-space: nowrap } .graphiql-tab { transform: none !important }';

interface Asset {
  readonly name: string;
  readonly content: string;
}

interface Tab {
  readonly query: string;
  readonly variables: string | null;
}

interface Assets {
  readonly style: Asset;
  readonly icon: Asset;
  readonly main: Asset;
  readonly workers: Readonly<Record<'editorWorkerService' | 'graphql' | 'json', Asset>>;
  readonly boot: Asset;
}

/**
 * Writes GraphiQL as files that `createGraphiql` serves: a small page, and assets with a content hash in their
 * names, each with its brotli and gzip form beside it. Whatever `outDir` held before is removed.
 *
 * @throws when a sample operation can't be read, or the first one has variables
 */
export async function writeGraphiqlAssets(outDir: string): Promise<void> {
  const assets = buildAssets(await readTabs());
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const { style, icon, main, workers, boot } = assets;
  await Promise.all([
    writeFile(join(outDir, 'index.html'), renderPage(assets)),
    ...[style, icon, main, boot, ...Object.values(workers)].map((asset) => writeAsset(outDir, asset)),
  ]);
}

function buildAssets(tabs: readonly Tab[]): Assets {
  const workers = {
    editorWorkerService: hashed('editor-worker', 'js', editorWorkerService),
    graphql: hashed('graphql-worker', 'js', graphqlWorker),
    json: hashed('json-worker', 'js', jsonWorker),
  };
  return {
    style: hashed('graphiql', 'css', `${css}\n${EXTRA_STYLE}\n`),
    icon: hashed('icon', 'svg', LOGO),
    main: hashed('graphiql', 'js', js),
    workers,
    boot: hashed('boot', 'js', renderBootScript(workers, tabs)),
  };
}

function hashed(stem: string, extension: string, content: string): Asset {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return { name: `${stem}-${hash}.${extension}`, content };
}

async function readTabs(): Promise<readonly Tab[]> {
  const names = await readdir(TABS_FOLDER);
  const documents = names.filter((name) => name.endsWith('.graphql')).sort();
  const tabs = await Promise.all(documents.map((name) => readTab(name, names)));
  if (tabs[0]?.variables) {
    throw new Error(`GraphiQL drops the variables of its first tab: ${documents[0]} must need none.`);
  }
  return tabs;
}

async function readTab(name: string, siblings: readonly string[]): Promise<Tab> {
  const variablesName = name.replace(/\.graphql$/, '.json');
  const [query, variables] = await Promise.all([
    readFile(new URL(name, TABS_FOLDER), 'utf8'),
    siblings.includes(variablesName) ? readFile(new URL(variablesName, TABS_FOLDER), 'utf8') : null,
  ]);
  return { query: query.trimEnd(), variables: variables?.trimEnd() ?? null };
}

/** The script that starts GraphiQL. It is a file of its own so that the page needs no inline script. */
function renderBootScript(workers: Assets['workers'], tabs: readonly Tab[]): string {
  const paths = Object.fromEntries(Object.entries(workers).map(([label, asset]) => [label, pagePath(asset)]));
  // Credentials typed into the headers editor must not outlive the page, hence no persisted headers.
  const options = { title: TITLE, logo: LOGO, defaultTabs: tabs, shouldPersistHeaders: false };
  return `const workers = ${JSON.stringify(paths)};
const options = ${JSON.stringify(options)};
globalThis.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => workers[label] };
${REOPEN_TAB}
YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  ...options,
  ...reopenTab(),
  onEditQuery: () => undefined,
});
`;
}

function renderPage({ style, icon, main, boot }: Assets): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${TITLE}</title>
    <link rel="icon" type="image/svg+xml" href="${pagePath(icon)}" />
    <link rel="stylesheet" href="${pagePath(style)}" />
    <script defer src="${pagePath(main)}"></script>
    <script defer src="${pagePath(boot)}"></script>
  </head>
  <body id="body" class="no-focus-outline">
    <noscript>You need to enable JavaScript to run GraphiQL.</noscript>
    <div id="root"></div>
  </body>
</html>
`;
}

/** Relative to the page at `/graphql`, so that both also work below a proxy's path prefix. */
function pagePath(asset: Asset): string {
  return `graphiql/${asset.name}`;
}

async function writeAsset(outDir: string, { name, content }: Asset): Promise<void> {
  const bytes = Buffer.from(content);
  const [brotlied, gzipped] = await Promise.all([
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_QUALITY]: 9,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  await Promise.all([
    writeFile(join(outDir, name), bytes),
    writeFile(join(outDir, `${name}.br`), brotlied),
    writeFile(join(outDir, `${name}.gz`), gzipped),
  ]);
}
