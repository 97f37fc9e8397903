import { onTestFinished } from 'vitest';
import { seedCollections } from '../../src/sandbox/seed-collections.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { text } from '../support/scripted-upstream.ts';
import { type AccountAnswer, NAMES, type Name } from './account-door.ts';

const SEED = { seedCount: 8, seedAssets: 5, seedModels: 3 };
const MARKED = new Set(['name', 'ownerId', 'description', 'prompt', 'reason']);

/** What stands in every text and every URL that an account's upstream gives. */
export const markOf = (account: Name): string => `mark-of-${account}`;

/** The marks of all other accounts that stand in a text. */
export function foreignMarks(said: string, account: Name): readonly Name[] {
  return NAMES.filter((name) => name !== account && said.includes(markOf(name)));
}

/** The collections of every sandbox, by their ids, with their assets and models. */
export const PLANNED = [
  ...seedCollections({ count: SEED.seedCount, assets: SEED.seedAssets, models: SEED.seedModels }),
].map(({ id, members }) => ({
  id,
  assets: members.filter(({ kind }) => kind === 'asset').map((member) => member.id),
  models: members.filter(({ kind, own }) => kind === 'model' && own).map((member) => member.id),
}));

/** A sandbox for each account: the same ids in all of them, and the account's mark in whatever each says. */
export async function startMarkedSandboxes(): Promise<AccountAnswer> {
  const opened = new Map<Name, Sandbox>();
  for (const name of NAMES) opened.set(name, await startSandbox(SEED));
  onTestFinished(async () => {
    for (const sandbox of opened.values()) await sandbox.close();
  });
  return async (account, { method, target, headers, body }) => {
    const sandbox = opened.get(account);
    if (!sandbox) throw new Error(`there is no sandbox for ${account}`);
    const { key, secret } = sandbox.credentials;
    const response = await fetch(new URL(target, sandbox.url), {
      method,
      headers: {
        authorization: `Basic ${btoa(`${key}:${secret}`)}`,
        'content-type': headers.get('content-type') ?? 'text/plain',
      },
      ...(body === '' ? {} : { body }),
    });
    const marked = mark(await response.text(), markOf(account));
    return text(marked, response.status, { 'content-type': 'application/json' });
  };
}

function mark(json: string, word: string): string {
  if (json === '') return json;
  return JSON.stringify(JSON.parse(json), (key, value: unknown) => {
    if (typeof value !== 'string' || value.includes(word)) return value;
    if (value.startsWith('http')) return `${value}${value.includes('?') ? '&' : '?'}of=${word}`;
    return MARKED.has(key) ? `${value} ${word}` : value;
  });
}
