import { statSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { codesOf, everyCollection } from '../support/front-door.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { startProcess } from './gateway-process.ts';

const SANDBOX = { UPSTREAM: 'sandbox' };
// The bundler leaves the name of each source before its code.
const SANDBOX_SOURCE = 'src/sandbox/';
const STATIC_IMPORT = /^(?:import|export)\s[^;]*?"\.\/([^"]+)";?$/gm;
const CREDENTIALS = { SCENARIO_SDK_API_KEY: 'key', SCENARIO_SDK_API_SECRET: 'secret' };

it('is built from the sources as they are now (npm run build)', async () => {
  const sources = await readdir('src', { recursive: true });
  const newest = Math.max(...sources.map((name) => statSync(join('src', name)).mtimeMs));
  expect(statSync('dist/main.js').mtimeMs).toBeGreaterThan(newest);
});

describe('the bundle', () => {
  it('serves the whole life of a collection from the embedded sandbox', async () => {
    const { query } = await startProcess(SANDBOX);
    const list = await query('{ collections(first: 120) { nodes { id } pageInfo { hasNextPage } } }');
    expect(list.body.data).toMatchObject({ collections: { pageInfo: { hasNextPage: true } } });

    const created = await query(
      'mutation { createCollection(input: { name: "New" }) { ... on CreateCollectionPayload { collection { id } } } }',
    );
    const id = /"id":"([^"]+)"/.exec(created.text)?.[1];
    const renamed = await query(
      'mutation ($input: UpdateCollectionInput!) { updateCollection(input: $input) { __typename } }',
      { input: { id, name: 'Renamed' } },
    );
    expect(renamed.body.data).toEqual({ updateCollection: { __typename: 'UpdateCollectionPayload' } });
    const read = await query('query ($id: ID!) { collection(id: $id) { name itemCount } }', { id });
    expect(read.body.data).toEqual({ collection: { name: 'Renamed', itemCount: 0 } });

    const deleted = await query(
      'mutation ($input: DeleteCollectionInput!) { deleteCollection(input: $input) { __typename } }',
      { input: { id } },
    );
    expect(deleted.body.data).toEqual({ deleteCollection: { __typename: 'DeleteCollectionPayload' } });
    const gone = await query('query ($id: ID!) { collection(id: $id) { name } }', { id });
    expect(gone.body).toEqual({ data: { collection: null } });
  });

  it('names its own errors and masks nothing that is meant to be shown', async () => {
    const { query } = await startProcess(SANDBOX);
    expect(codesOf(await query('{ collections(first: -1) { nodes { id } } }'))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await query('{ node(id: "no global id") { id } }'))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await query('{ broken'))).toEqual(['GRAPHQL_PARSE_FAILED']);
  });

  it('brings GraphiQL along, and shows it where it is asked for', async () => {
    const headers = { accept: 'text/html' };
    const shown = await startProcess({ ...SANDBOX, GRAPHIQL: 'true' });
    const page = await (await fetch(shown.url, { headers })).text();
    const [script] = /graphiql\/[\w-]+\.js/.exec(page) ?? [];
    expect((await fetch(new URL(script ?? '/no-script-found', shown.url))).status).toBe(200);
    const hidden = await startProcess(SANDBOX);
    expect((await fetch(hidden.url, { headers })).headers.get('content-type') ?? '').not.toMatch(/html/);
  });

  it('starts several times side by side', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => startProcess(SANDBOX)));
    const answers = await Promise.all(all.map(({ query }) => query('{ __typename }')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(all.map(({ url }) => url)).size).toBe(4);
  });

  it('starts at once', async ({ annotate }) => {
    const { startMs } = await startProcess({ ...CREDENTIALS, SCENARIO_BASE_URL: 'http://127.0.0.1:9/v1' });
    await annotate(`${Math.round(startMs)} ms until it listens`);
    expect(startMs).toBeLessThan(3_000);
  });

  it.runIf(process.platform === 'linux')('idles in less than 110 MB', async ({ annotate }) => {
    const upstream = await startScriptedUpstream(everyCollection);
    onTestFinished(upstream.close);
    const { pid, query } = await startProcess({ ...CREDENTIALS, SCENARIO_BASE_URL: upstream.url });
    expect((await query('{ collection(id: "col_1") { name } }')).status).toBe(200);
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const megabytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
    await annotate(`${Math.round(megabytes)} MB resident`);
    expect(megabytes).toBeLessThan(110);
  });

  it('loads nothing of the sandbox when it has a real upstream', async () => {
    const upstream = await startScriptedUpstream(everyCollection);
    onTestFinished(upstream.close);
    const folder = await mkdtemp(join(tmpdir(), 'bundle-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    for (const [name, text] of await filesAtStart('dist', 'main.js')) {
      expect(text).not.toContain(SANDBOX_SOURCE);
      await cp(join('dist', name), join(folder, name));
    }
    const env = { ...CREDENTIALS, SCENARIO_BASE_URL: upstream.url };
    const { query } = await startProcess(env, join(folder, 'main.js'));
    expect((await query('{ collection(id: "col_1") { name } }')).body).toEqual({
      data: { collection: { name: 'Forest props' } },
    });
  });

  it('keeps the sandbox in files of its own', async () => {
    const names = (await readdir('dist')).filter((name) => name.endsWith('.js'));
    const texts = await Promise.all(names.map((name) => readFile(join('dist', name), 'utf8')));
    expect(texts.filter((text) => text.includes(SANDBOX_SOURCE))).not.toEqual([]);
  });
});

/** A file and all that it imports before it runs, but not what it imports later on: names and texts. */
async function filesAtStart(folder: string, main: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const names = new Set([main]);
  // A set goes on over what is added meanwhile.
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8');
    found.set(name, text);
    for (const [, next = ''] of text.matchAll(STATIC_IMPORT)) names.add(next);
  }
  return found;
}
