import { rename, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { PRODUCTION, problemsOf } from '../../support/environment.ts';
import { eventually } from '../../support/eventually.ts';
import { codesOf, everyCollection, openFrontDoor } from '../../support/front-door.ts';
import { folderWith, manifestOf, READ, RENAME, sha256 } from './document-folder.ts';

const RELOAD_MS = 4_000;

async function openWith(path: string) {
  const door = await openFrontDoor(everyCollection, {
    TRUSTED_DOCUMENTS: path,
    TRUSTED_DOCUMENTS_MODE: 'enforce',
  });
  const ask = async (documentId: string) => {
    const answer = await door.query('', {}, { body: JSON.stringify({ documentId }) });
    return codesOf(answer)[0] ?? (answer.status === 200 ? 'runs' : answer.status);
  };
  const hasLogged = (words: string) => door.gateway.logLines.some((line) => line.includes(words));
  return { ask, hasLogged };
}

describe('TRUSTED_DOCUMENTS may name', () => {
  it.each([
    ['what relay-compiler and graphql-codegen write', manifestOf([READ])],
    ['hashes with their algorithm', manifestOf([READ], 'sha256:')],
    [
      'the manifest of Apollo',
      JSON.stringify({
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: sha256(READ), name: 'Read', type: 'query', body: READ }],
      }),
    ],
  ])('a manifest: %s', async (_form, manifest) => {
    const { file } = await folderWith({ 'm.json': manifest });
    const { ask } = await openWith(file('m.json'));
    expect(await ask(sha256(READ))).toBe('runs');
  });

  it('a manifest with ids of another kind, such as the MD5 of relay-compiler', async () => {
    const md5 = 'd41d8cd98f00b204e9800998ecf8427e';
    const { file } = await folderWith({ 'm.json': JSON.stringify({ [md5]: READ }) });
    const { ask } = await openWith(file('m.json'));
    expect(await ask(md5)).toBe('runs');
    expect(await ask(sha256(READ))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('a folder of manifests and documents, and looks at nothing else in it', async () => {
    const { path } = await folderWith({
      'a.json': manifestOf([READ]),
      'b.json': manifestOf([READ]),
      'rename.graphql': RENAME,
      'README.md': '# nothing',
    });
    const { ask } = await openWith(path);
    expect([await ask(sha256(READ)), await ask(sha256(RENAME))]).toEqual(['runs', 'runs']);
  });
});

describe('the gateway does not start, and says why, when', () => {
  it.each([
    ['there is no such file', {}, 'cannot be read'],
    ['the manifest is broken', { 'm.json': '{"marker' }, 'not a JSON object'],
    [
      'the manifest holds no texts',
      { 'm.json': JSON.stringify({ [sha256(READ)]: { marker: READ } }) },
      'not a JSON object',
    ],
    ['the manifest is a list', { 'm.json': JSON.stringify(['marker']) }, 'not a JSON object'],
    ['an id is no hash', { 'm.json': JSON.stringify({ marker: READ }) }, 'not a hash'],
    ['the manifest is empty', { 'm.json': '{}' }, 'no document'],
  ])('%s', async (_what, files, words) => {
    const { file } = await folderWith(files);
    const message = await openWith(file('m.json')).then(String, String);
    expect(message).toMatch(/ConfigError: .*\n.*TRUSTED_DOCUMENTS/);
    expect(message).toContain(words);
    expect(message).not.toContain('marker');
  });

  it('two files give one id to two documents', async () => {
    const { path } = await folderWith({
      'a.json': manifestOf([READ]),
      'b.json': JSON.stringify({ [sha256(READ)]: RENAME }),
    });
    expect(await openWith(path).then(String, String)).toContain('b.json');
  });

  it.each(['report', 'enforce'])('TRUSTED_DOCUMENTS_MODE=%s has no TRUSTED_DOCUMENTS', (mode) => {
    const problems = problemsOf({ ...PRODUCTION, TRUSTED_DOCUMENTS_MODE: mode, PORT: 'x' });
    expect(problems).toContain('TRUSTED_DOCUMENTS must be set');
    expect(problems).toContain('PORT');
  });

  it('TRUSTED_DOCUMENTS_MODE is unknown', () => {
    expect(problemsOf({ ...PRODUCTION, TRUSTED_DOCUMENTS_MODE: 'strict' })).toContain(
      'TRUSTED_DOCUMENTS_MODE',
    );
  });
});

describe('while the gateway runs', () => {
  it('a file that changes, comes or goes is followed', async () => {
    const { path, write, file } = await folderWith({ 'a.json': manifestOf([READ]) });
    const { ask, hasLogged } = await openWith(path);
    expect(await ask(sha256(RENAME))).toBe('PERSISTED_QUERY_NOT_FOUND');
    await write('b.json', manifestOf([RENAME]));
    await eventually('two documents are trusted', () => hasLogged('"count":2'), RELOAD_MS);
    expect([await ask(sha256(READ)), await ask(sha256(RENAME))]).toEqual(['runs', 'runs']);
    await rm(file('a.json'));
    await eventually('one document is trusted', () => hasLogged('"count":1'), RELOAD_MS);
    expect(await ask(sha256(READ))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('a manifest that is replaced by another of the same size is followed', async () => {
    const [one, two] = ['{ a: __typename }', '{ b: __typename }'];
    const { file, write } = await folderWith({ 'm.json': manifestOf([one]), next: manifestOf([two]) });
    const { ask, hasLogged } = await openWith(file('m.json'));
    await rename(file('next'), file('m.json'));
    await eventually('the other is trusted', () => hasLogged('have changed'), RELOAD_MS);
    expect([await ask(sha256(one)), await ask(sha256(two))]).toEqual(['PERSISTED_QUERY_NOT_FOUND', 'runs']);
    await write('m.json', manifestOf([one]));
  });

  it.each([
    ['broken', '{"marker'],
    ['empty', ''],
    ['without a document', '{}'],
  ])('a manifest that turns %s changes nothing, and one that is good again counts', async (_how, content) => {
    const { file, write } = await folderWith({ 'm.json': manifestOf([READ]) });
    const { ask, hasLogged } = await openWith(file('m.json'));
    await write('m.json', content);
    await eventually('the log tells of it', () => hasLogged('stay as they were'), RELOAD_MS);
    expect([await ask(sha256(READ)), hasLogged('marker')]).toEqual(['runs', false]);
    await write('m.json', manifestOf([READ, RENAME]));
    await eventually('the new one counts', () => hasLogged('"count":2'), RELOAD_MS);
    expect(await ask(sha256(RENAME))).toBe('runs');
  });

  it('files that stay as they are are not taken for new ones', async () => {
    const { file } = await folderWith({ 'm.json': manifestOf([READ]) });
    const { ask, hasLogged } = await openWith(file('m.json'));
    await delay(2_500);
    expect([await ask(sha256(READ)), hasLogged('have changed')]).toEqual(['runs', false]);
  });

  it('a manifest that disappears changes nothing', async () => {
    const { file } = await folderWith({ 'm.json': manifestOf([READ]) });
    const { ask, hasLogged } = await openWith(file('m.json'));
    await rm(file('m.json'));
    await eventually('the log tells of it', () => hasLogged('stay as they were'), RELOAD_MS);
    expect(await ask(sha256(READ))).toBe('runs');
  });
});
