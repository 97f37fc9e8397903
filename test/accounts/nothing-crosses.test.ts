import { describe, expect, onTestFinished, test } from 'vitest';
import { folderWith, manifestOf, sha256 } from '../server/trusted/document-folder.ts';
import { dig } from '../support/dig.ts';
import type { GraphQLAnswer } from '../support/gateway.ts';
import { startRedis } from '../support/redis-server.ts';
import { redisTest } from '../support/redis-test.ts';
import { type AccountDoor, type Name, openReplicas } from './account-door.ts';
import { CLAIM, issueTokens } from './account-tokens.ts';
import { DELETE, READ_DELETED, READS, WRITES } from './every-path.ts';
import { foreignMarks, markOf, startMarkedSandboxes } from './marked-sandboxes.ts';

// Two of the three, so that the third shows whether a mark can be missed.
const ONE: Name = 'animation';
const OTHER: Name = 'brand-2';
const KEPT = { CACHE_TTL_MS: '600000', STALE_IF_ERROR_MS: '600000' };

/** The same caller in every account, who may come through any replica. */
interface Studio {
  /** Asks through the first replica as one account, through the last as the other. */
  ask(account: Name, document: string): Promise<GraphQLAnswer>;
  readonly replicas: readonly [AccountDoor, ...AccountDoor[]];
}

interface StudioOptions {
  readonly env?: Record<string, string>;
  readonly replicas?: number;
  /** Whether documents are sent by their ids alone. */
  readonly byId?: boolean;
}

async function openStudio({ env = {}, replicas: count = 1, byId = false }: StudioOptions): Promise<Studio> {
  const tokens = await issueTokens();
  const replicas = await openReplicas(await startMarkedSandboxes(), { ...tokens.env, ...env }, count);
  return {
    replicas,
    ask: async (account, document) => {
      const door = (account === ONE ? replicas.at(0) : replicas.at(-1)) ?? replicas[0];
      const { headers = {} } = await tokens.present({ [CLAIM]: account });
      const body = byId ? { body: JSON.stringify({ documentId: sha256(document) }) } : {};
      return door.ask(account, document, {}, { headers, ...body });
    },
  };
}

/** What of an answer is wrong: an error, nothing of the account's own, or something of another's. */
async function faultsOf({ ask }: Studio, account: Name, document: string): Promise<readonly string[]> {
  const { body, text } = await ask(account, document);
  const isOwn = body.errors === undefined && text.includes(markOf(account));
  return [...(isOwn ? [] : [text]), ...foreignMarks(text, account)].map(
    (fault) => `${account}, ${document}: ${fault}`,
  );
}

/** Goes every way as one account, as the other, and as both at once. @returns what was wrong with the answers */
async function goEveryWay(studio: Studio): Promise<readonly string[]> {
  const faults: string[] = [];
  const ask = async (account: Name, document: string) =>
    void faults.push(...(await faultsOf(studio, account, document)));
  for (const documents of [READS, WRITES, READS])
    for (const document of Object.values(documents)) {
      await ask(ONE, document);
      await ask(OTHER, document);
      if (documents === READS)
        await Promise.all([ONE, OTHER, ONE, OTHER].map((account) => ask(account, document)));
    }
  await studio.ask(ONE, DELETE);
  const gone = await studio.ask(ONE, READ_DELETED);
  if (dig(gone.body.data, 'collection') !== null) faults.push(gone.text);
  await ask(OTHER, READ_DELETED);
  return faults;
}

async function trustAll(): Promise<Record<string, string>> {
  const documents = [...Object.values(READS), ...Object.values(WRITES), DELETE, READ_DELETED];
  const { file } = await folderWith({ 'manifest.json': manifestOf(documents) });
  return { TRUSTED_DOCUMENTS: file('manifest.json'), TRUSTED_DOCUMENTS_MODE: 'enforce' };
}

describe('on every way to read and to write, no account gets a byte of another with equal ids', () => {
  test.each(['true', 'false'])('where nothing is kept, with FAST_PATH=%s', async (FAST_PATH) => {
    expect(await goEveryWay(await openStudio({ env: { FAST_PATH } }))).toEqual([]);
  });

  test('where reads and answers are kept, and documents are sent by their ids', async () => {
    const studio = await openStudio({ env: { ...KEPT, ...(await trustAll()) }, byId: true });
    expect(await goEveryWay(studio)).toEqual([]);
    const [{ calls }] = studio.replicas;
    const readAll = async () => {
      for (const document of Object.values(READS)) expect(await faultsOf(studio, ONE, document)).toEqual([]);
    };
    await readAll();
    const before = calls(ONE).length;
    await readAll();
    expect(calls(ONE)).toHaveLength(before);
  });

  redisTest('where replicas share what they read over Redis', async () => {
    const redis = await startRedis();
    onTestFinished(redis.kill);
    const studio = await openStudio({ env: { ...KEPT, REDIS_URL: redis.url }, replicas: 2 });
    expect(await goEveryWay(studio)).toEqual([]);
  });
});
