import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { codesOf, everyCollection, openFrontDoor } from '../../support/front-door.ts';
import type { GraphQLAnswer } from '../../support/gateway.ts';
import { folderWith, manifestOf, READ, RENAME, sha256 } from './document-folder.ts';

const ID = sha256(READ);
const OTHER_READ = 'query Other { collection(id: "col_2") { scenarioId } }';
const ANSWER = { collection: expect.any(Object) };
const RELOAD_MS = 4_000;

const outcomeOf = ({ body, ...answer }: GraphQLAnswer) => body.data ?? codesOf({ body, ...answer });

/** A gateway that keeps answers, and has answered the document of the manifest already. */
async function openWarm(mode: string) {
  const { file, write } = await folderWith({ 'm.json': manifestOf([READ]) });
  const door = await openFrontDoor(everyCollection, {
    TRUSTED_DOCUMENTS: file('m.json'),
    TRUSTED_DOCUMENTS_MODE: mode,
    CACHE_TTL_MS: '600000',
  });
  const ask = async (params: object) => outcomeOf(await door.query('', {}, { body: JSON.stringify(params) }));
  const isTold = () => door.gateway.logLines.some((line) => line.includes('documents have changed'));
  const publish = async (manifest: object) => {
    await write('m.json', JSON.stringify(manifest));
    await eventually('the change is told', isTold, RELOAD_MS);
  };
  for (const params of [{ documentId: ID }, { query: READ }])
    for (let turn = 0; turn < 2; turn += 1) await ask(params);
  expect(door.wire()).toHaveLength(1);
  return { ...door, ask, publish };
}

describe('with answers that are kept, a new manifest', () => {
  it.each([
    ['off', ANSWER],
    ['report', ANSWER],
    ['enforce', ['DOCUMENT_NOT_TRUSTED']],
  ])('takes a document out (%s)', async (mode, inFull) => {
    const { ask, publish } = await openWarm(mode);
    await publish({ [sha256(RENAME)]: RENAME });
    expect(await ask({ documentId: ID })).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    expect(await ask({ query: READ })).toEqual(inFull);
  });

  it('has an id stand for another document', async () => {
    const { ask, publish } = await openWarm('enforce');
    await publish({ [ID]: OTHER_READ });
    expect(await ask({ documentId: ID })).toEqual({ collection: { scenarioId: 'col_2' } });
    expect(await ask({ documentId: ID })).toEqual({ collection: { scenarioId: 'col_2' } });
  });

  it('that is as before costs no call', async () => {
    const { ask, publish, wire } = await openWarm('enforce');
    await publish({ [ID]: READ, [sha256(RENAME)]: RENAME });
    expect(await ask({ documentId: ID })).toEqual(ANSWER);
    expect(wire()).toHaveLength(1);
  });
});
